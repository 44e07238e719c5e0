// Keys for who works here all day. They can be turned off, and never act while something is written.
(() => {
  const OFF = "keys-off";
  const dialog = document.getElementById("keys");
  const isOn = document.getElementById("keys-on");
  const stored = () => { try { return localStorage.getItem(OFF); } catch { return null; } };
  isOn.checked = !stored();
  isOn.addEventListener("change", () => { try { if (isOn.checked) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch { /* private window */ } });
  const opener = document.getElementById("keys-open");
  if (opener) {
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
  }

  const links = () => [...document.querySelectorAll(".card-line:not(.gone) > .card-link")].filter((link) => link.offsetParent);
  const step = (by) => {
    const all = links();
    if (!all.length) return;
    const here = all.indexOf(document.activeElement.closest?.(".card-link"));
    const current = here >= 0 ? here : all.findIndex((link) => link.getAttribute("aria-current"));
    const next = current < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, current + by));
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  };
  const claim = () => {
    const card = document.activeElement.closest?.(".card-line");
    const form = (card || document.getElementById("standing") || document).querySelector('form[action$="/claim"]');
    if (form && (card || document.getElementById("standing"))) form.requestSubmit();
  };
  const focus = (id) => {
    const field = document.getElementById(id);
    if (!field) return false;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    return true;
  };
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    e: claim,
    r: () => focus("body"),
    n: () => focus("note-body"),
    "/": () => { if (!focus("q")) location.href = dialog.dataset.search; },
    "?": () => dialog.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = acts[event.key];
    if (!act || (!isOn.checked && event.key !== "?")) return;
    event.preventDefault();
    act();
  });
})();
