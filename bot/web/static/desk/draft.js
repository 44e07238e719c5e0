// What an officer types is never lost: it outlives a reload, a refusal, a broken connection, a closed tab and a session
// that ended. Every field with data-draft is kept under that name.
//
// It is personal data in the browser of an office's PC, so it is bounded: under the officer's post, so that who signs in
// next is not given it; until it is sent, at the latest seven days; and signing out forgets it (forget.js). What is typed
// reaches no other machine.
(() => {
  const DAYS = 7;
  const { post } = document.currentScript.dataset;
  const own = `draft:${post}:`;
  const fields = () => [...document.querySelectorAll("[data-draft]")];
  const of = (name) => fields().find((field) => field.dataset.draft === name);
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const write = (key, draft) => {
    try {
      if (draft) localStorage.setItem(key, JSON.stringify(draft)); else localStorage.removeItem(key);
    } catch { /* a private window, or it is full: the page keeps it as long as it is open */ }
  };
  const keys = () => { try { return Object.keys(localStorage).filter((key) => key.startsWith("draft:")); } catch { return []; } };

  // ``before``: what stood there when it was begun; where a colleague changed that meanwhile, theirs is shown
  const begun = new WeakMap();
  const keep = (field) => {
    const { value: text, dataset: { draft: name } } = field;
    const before = begun.get(field);
    write(own + name, text === before ? null : { text, before, at: Date.now() });
  };
  const begin = (field) => {
    if (begun.has(field)) return; // once: what another tab writes meanwhile is that tab's
    const draft = read(own + field.dataset.draft);
    const shown = field.defaultValue;
    begun.set(field, draft && draft.text === shown ? draft.before : shown); // a refusal brings back what was typed
    if (draft && (!shown || draft.before === shown) && field.value === shown) field.value = draft.text;
  };
  const sent = (name, text) => {
    // only what was sent goes; what was typed meanwhile stays
    const rest = (value) => (value.startsWith(text) ? value.slice(text.length) : value);
    const draft = read(own + name);
    if (draft) write(own + name, rest(draft.text) ? { ...draft, text: rest(draft.text) } : null);
    const field = of(name);
    if (!field) return;
    field.value = rest(field.value);
    field.dispatchEvent(new Event("sent", { bubbles: true }));
  };

  document.addEventListener("input", (event) => { if (event.target.dataset.draft) keep(event.target); });

  // --- a form that htmx sends ---
  const leaving = new WeakMap();
  const textsOf = (form) => [...form.querySelectorAll("[data-draft]")].map((field) => [field.dataset.draft, field.value]);
  document.body.addEventListener("htmx:beforeRequest", (event) => { leaving.set(event.detail.xhr, textsOf(event.detail.requestConfig.elt)); });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr, requestConfig } = event.detail;
    // a session that ended answers with the sign-in page: nothing was sent
    if (!successful || new URL(xhr.responseURL).pathname !== requestConfig.path) return;
    (leaving.get(xhr) || []).forEach(([name, text]) => sent(name, text));
  });
  document.body.addEventListener("htmx:afterSettle", () => fields().forEach(begin)); // a piece of the page was new

  // --- a form that the browser sends: done, the server leads on from here ---
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("hx-post")) return;
    textsOf(event.target).forEach(([name]) => {
      const draft = read(own + name);
      if (draft) write(own + name, { ...draft, from: location.href });
    });
  });
  const isLedHere = (from) => document.referrer === from && performance.getEntriesByType("navigation")[0].redirectCount > 0;
  keys().forEach((key) => {
    const draft = read(key);
    const isOld = !draft || Date.now() - draft.at > DAYS * 86400e3;
    if (isOld || (key.startsWith(own) && isLedHere(draft.from))) write(key, null);
  });
  window.addEventListener("pageshow", () => fields().forEach((field) => {
    const draft = read(own + field.dataset.draft);
    if (draft) write(own + field.dataset.draft, { ...draft, from: undefined }); // it is here again: it was not done
  }));

  fields().forEach(begin);
})();
