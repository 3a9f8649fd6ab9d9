// Brings what is marked inside a box into view, once, and the box itself.
export default function ({ data, parentElement }) {
  if (parentElement.scrolled) return;
  parentElement.scrolled = true;
  const box = document.querySelector("." + data.box);
  const mark = box && box.querySelector("[class*='st-key-mark-']");
  if (mark) box.scrollTop += mark.getBoundingClientRect().top
    - box.getBoundingClientRect().top - box.clientHeight / 3;
  if (box) box.scrollIntoView({ block: "nearest" });
}
