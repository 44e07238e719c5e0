// When a page asks for its news: at once when the server tells that something changed; every three seconds where no
// stream of events comes through (refused, cut, or held back by a proxy). A page with data-rests asks nothing while it is
// hidden; what it shows is told to nobody, no alert rings there.
(() => {
  const poll = document.getElementById("poll");
  const url = poll && poll.dataset.events;
  if (!url) return;
  const EVERY = 3000; // ms between two questions without a stream
  const SILENCE = 25000; // the server says something every 15 s
  const AGAIN = 30000; // a refused stream is tried again
  const OLD = Number(poll.dataset.old) || 30000; // countdowns are the server's: ask for them also when nothing happened
  const now = () => performance.now();

  let source = null;
  let hasFailed = false; // the last question: its answer is still owed
  let isLive = false; // it said hello: from then on nothing is missed
  let heardAt = 0;
  let askedAt = now();
  let againAt = 0;
  const rests = () => "rests" in poll.dataset && document.visibilityState === "hidden";
  const ask = () => { if (!rests()) { askedAt = now(); htmx.trigger(poll, "news"); } };
  // the list beside a conversation, where it is displayed: a phone pays nothing for it
  const pane = document.getElementById("list-pane");
  let paneAt = now();
  const askPane = (age) => {
    if (!pane || !pane.offsetParent || now() - paneAt < age) return;
    paneAt = now();
    htmx.trigger(pane, "queue");
  };
  const greet = () => document.dispatchEvent(new Event("colleagues"));
  const close = (again) => {
    if (source) source.close();
    source = null;
    isLive = false;
    againAt = now() + again;
  };
  const on = (name, act) => source.addEventListener(name, (event) => { heardAt = now(); act(event); });

  const listen = () => {
    if (source || !window.EventSource) return;
    source = new EventSource(url);
    heardAt = now();
    on("hello", () => { isLive = true; ask(); askPane(EVERY); greet(); }); // what changed until now is not told again
    on("changed", (event) => {
      const topics = event.data.split(" ").map((topic) => topic.split(":")[0]);
      if (topics.includes("colleagues")) greet();
      if (topics.some((topic) => topic !== "colleagues")) ask();
      if (topics.includes("queue")) askPane(0);
    });
    on("beat", () => { if (now() - askedAt > OLD) ask(); askPane(OLD); });
    on("crowded", () => close(Infinity)); // a newer page of this browser has it; this one gets it back when it is seen
    on("over", () => { close(AGAIN); ask(); }); // the session ended: the answer leads to the sign-in
    on("stopping", () => close(2000 + 3000 * Math.random())); // it is back in a moment, and not all come at once
    source.onerror = () => {
      isLive = false; // the browser tries again by itself, unless it was refused
      if (source.readyState === EventSource.CLOSED) close(AGAIN);
    };
  };

  // what was asked for failed: see how things stand, also whether the session ended
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = event.detail;
    if (elt === poll) hasFailed = !successful; else if (!successful) ask();
  });

  listen();
  setInterval(() => {
    if (source && now() - heardAt > SILENCE) close(AGAIN);
    if (!source && now() >= againAt) listen();
    if ((!isLive || hasFailed) && now() - askedAt >= EVERY) { ask(); askPane(OLD); }
  }, 500);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && againAt === Infinity) listen();
  });
  window.addEventListener("offline", () => { isLive = false; ask(); });
  window.addEventListener("online", () => { close(0); ask(); });
  window.addEventListener("pagehide", () => close(0));
})();
