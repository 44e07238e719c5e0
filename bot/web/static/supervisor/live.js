// The first part of the supervisor's page stays as of now: a lost connection is told, a session that ended leads to the
// sign-in page and back.
(() => {
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
