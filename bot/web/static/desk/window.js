// What the box needs when WhatsApp's day is over: which button sent it, and the words of an answer that is taken back.
(() => {
  const form = document.getElementById("composer");
  const box = document.getElementById("body");

  // a form sent by the keyboard has a button too, which htmx does not tell
  form.addEventListener("htmx:configRequest", (event) => {
    const { parameters, triggeringEvent } = event.detail;
    const button = triggeringEvent && triggeringEvent.submitter;
    if (event.target === form && button && button.name) parameters[button.name] = button.value;
  });

  // a day that ended a moment ago is no event: after a refusal the page is asked for as it is now
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form || event.detail.xhr.status !== 409) return;
    document.getElementById("version").value = "";
    htmx.trigger("#poll", "news");
  });

  // whether what is written leaves at once may change while the page is open; the box itself is never swapped
  document.body.addEventListener("htmx:afterSettle", () => { box.placeholder = document.getElementById("send").dataset.hint; });

  // taken back, the words stand before what is being written; nothing is lost either way
  document.body.addEventListener("htmx:afterRequest", () => {
    const returned = document.getElementById("returned");
    const text = returned.dataset.text;
    if (!text) return;
    delete returned.dataset.text;
    if (!box.value.startsWith(text)) box.value = box.value.trim() ? `${text}\n\n${box.value}` : text;
    box.dispatchEvent(new Event("input", { bubbles: true })); // kept as any draft is
    box.focus();
  });
})();
