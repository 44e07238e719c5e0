// The first part of the supervisor's page stays as of now, told by the desk's stream (events.js): nothing moves under the
// pointer, a lost connection is told, a session that ended leads to the sign-in page and back.
(() => {
  const RECENT_TOUCH = 1500; // ms: a tap may follow where the finger just was
  let touchedAt = -RECENT_TOUCH;
  ["touchstart", "touchmove", "touchend"].forEach((name) =>
    document.addEventListener(name, (event) => { touchedAt = event.timeStamp; }, { passive: true }));
  const isUnderHand = () => document.querySelector("#now a:hover") !== null || performance.now() - touchedAt < RECENT_TOUCH;

  let isHeld = false; // the next news must bring it again
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (!isUnderHand()) return;
    event.detail.shouldSwap = false;
    isHeld = true;
  });
  setInterval(() => {
    if (!isHeld || isUnderHand()) return;
    isHeld = false;
    document.getElementById("version").value = "";
    htmx.trigger("#poll", "news");
  }, 250);

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (new URL(event.detail.xhr.responseURL).pathname.startsWith("/supervisor")) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    document.getElementById("offline").hidden = Boolean(event.detail.successful);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") htmx.trigger("#poll", "news");
  });
})();
