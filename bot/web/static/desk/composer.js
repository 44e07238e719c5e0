// The box where the reply is written.
(() => {
  const form = document.getElementById("composer");
  const box = form.querySelector("textarea");
  const grow = () => { box.rows = Math.max(2, Math.min(8, box.value.split("\n").length)); };

  grow();
  ["input", "sent"].forEach((name) => box.addEventListener(name, grow));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    if (button && !button.disabled) form.requestSubmit(button);
  });
})();
