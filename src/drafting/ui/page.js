// What Streamlit cannot be told from Python: the page is Vietnamese, and the small "?" buttons are
// called so; Tab goes from box to box, past them.
export default function () {
  document.documentElement.lang = "vi";
  if (window.draftingPage) return;
  window.draftingPage = new MutationObserver(improve);
  window.draftingPage.observe(document.body, { childList: true, subtree: true });
  improve();
}

function improve() {
  for (const button of document.querySelectorAll("button[aria-label^='Help for ']")) {
    button.setAttribute("aria-label", "Giải thích: " + button.ariaLabel.slice("Help for ".length));
    button.tabIndex = -1;
  }
}
