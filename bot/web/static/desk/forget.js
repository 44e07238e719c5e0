// Who signs out leaves nothing of what they were writing in this browser (draft.js).
(() => {
  const { posts } = document.currentScript.dataset;
  const own = posts.split(" ").map((post) => `draft:${post}:`);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-forgets]")) return;
    try {
      Object.keys(localStorage).filter((key) => own.some((start) => key.startsWith(start))).forEach((key) => localStorage.removeItem(key));
    } catch { /* nothing is kept in a private window */ }
  });
})();
