// A button for each text; the texts come as data and are never read as markup.
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".copies");
  box.replaceChildren(...data.copies.map(([label, text]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.onclick = async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = "Đã chép";
      setTimeout(() => { button.textContent = label; }, 1500);
    };
    return button;
  }));
}
