// Tells that this conversation is looked at, or written in, and shows which colleagues are here too.
(() => {
  const line = document.getElementById("colleagues");
  const url = line.dataset.presence;
  const form = document.getElementById("composer");
  const box = form.querySelector("textarea");
  const EVERY = 6000; // ms; who is silent for ten seconds is gone
  const TYPING_EVERY = 4000;
  const STILL = 6000; // nothing typed for so long: looking
  const visible = () => document.visibilityState === "visible";

  let typedAt = -STILL;
  let toldAt = -EVERY;
  let told = "";
  let telling = false; // one at a time: of two on the way, the older could arrive last and stand
  const doing = () => (box.value && performance.now() - typedAt < STILL ? "typing" : "looking");
  const values = (what) => new URLSearchParams({ csrf_token: form.csrf_token.value, doing: what, seq: document.getElementById("messages").dataset.seq });
  const show = async (answer) => {
    // the news tell of a lost connection and of a session that ended
    if (!answer.ok || answer.redirected || answer.status === 204) return;
    const text = (await answer.text()).trim();
    if (line.textContent !== text) line.textContent = new DOMParser().parseFromString(text, "text/html").body.textContent;
  };
  const ask = (options) => fetch(url, options).then(show).catch(() => {});
  const tell = () => {
    if (telling) return; // what is new by then is told within half a second of the answer
    telling = true;
    toldAt = performance.now();
    told = doing();
    ask({ method: "POST", body: values(told), signal: AbortSignal.timeout(EVERY) }).finally(() => { telling = false; });
  };
  const leave = () => { told = ""; navigator.sendBeacon(url, values("leaving")); };

  box.addEventListener("input", () => {
    typedAt = performance.now();
    if (doing() !== told || typedAt - toldAt >= TYPING_EVERY) tell();
  });
  form.addEventListener("htmx:afterRequest", (event) => { if (event.target === form && doing() !== told) tell(); });
  document.addEventListener("colleagues", () => ask());
  document.addEventListener("visibilitychange", () => (visible() ? tell() : leave()));
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => { if (event.persisted) tell(); });
  setInterval(() => {
    if (visible() && (doing() !== told || performance.now() - toldAt >= EVERY)) tell();
  }, 500);
  if (visible()) tell();
})();
