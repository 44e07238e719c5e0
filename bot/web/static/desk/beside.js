// Beside the reply: canned answers go into the box where the cursor stands, and a draft can become a note.
(() => {
  const box = document.getElementById("body");
  const note = document.getElementById("note-body");
  const noteBox = document.getElementById("note-box");
  const noteForm = document.getElementById("note-form");
  const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  const insert = (text) => {
    const { selectionStart: start, selectionEnd: end, value } = box;
    const before = value.slice(0, start);
    const gap = before && !/\s$/.test(before) ? " " : "";
    box.setRangeText(gap + text, start, end, "end");
    changed(box);
    box.focus();
  };
  const list = document.getElementById("canned");
  const find = document.getElementById("canned-find");
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-text]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    list.open = false;
    insert(link.dataset.text);
  });
  if (find) {
    find.hidden = false;
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLocaleLowerCase();
      list.querySelectorAll("li").forEach((line) => { line.hidden = !line.textContent.toLocaleLowerCase().includes(wanted); });
    });
    list.addEventListener("toggle", () => { if (list.open) find.focus(); });
  }
  [list, noteBox].forEach((one) => one.addEventListener("toggle", () => { if (one.open) one.scrollIntoView({ block: "nearest" }); }));

  if (note.value) noteBox.open = true;
  note.addEventListener("sent", () => { if (!note.value) noteBox.open = false; });
  note.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); noteForm.requestSubmit(); }
  });

  // somebody was quicker: what was written need not be thrown away
  const refusal = document.getElementById("refusal");
  const offer = () => refusal.querySelectorAll("[data-note-from-draft]").forEach((button) => { button.hidden = !box.value.trim(); });
  new MutationObserver(offer).observe(refusal, { childList: true, subtree: true });
  offer();
  refusal.addEventListener("click", (event) => {
    if (!event.target.closest("[data-note-from-draft]")) return;
    note.value = note.value ? `${note.value}\n${box.value}` : box.value;
    box.value = "";
    changed(box);
    changed(note);
    noteBox.open = true;
    note.focus();
  });
})();
