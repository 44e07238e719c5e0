// What an officer types is never lost: it outlives a reload, a refusal and a broken connection.
(() => {
  const form = document.getElementById("composer");
  const box = form.querySelector("textarea");
  const name = `draft-${form.dataset.conversation}`;
  const keep = () => {
    if (box.value) sessionStorage.setItem(name, box.value); else sessionStorage.removeItem(name);
    box.rows = Math.max(2, Math.min(8, box.value.split("\n").length));
  };

  box.value = box.value || sessionStorage.getItem(name) || "";
  keep();
  box.addEventListener("input", keep);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    if (button && !button.disabled) form.requestSubmit(button);
  });

  let sending = "";
  form.addEventListener("htmx:beforeRequest", (event) => { if (event.target === form) sending = box.value; });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    const { successful, xhr } = event.detail;
    // a session that ended answers with the sign-in page: nothing was sent
    if (successful && new URL(xhr.responseURL).pathname === new URL(form.action).pathname) {
      // only what was sent goes; what was typed meanwhile stays
      if (box.value.startsWith(sending)) box.value = box.value.slice(sending.length);
      keep();
    }
  });
})();
