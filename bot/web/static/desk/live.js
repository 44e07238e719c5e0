// What htmx leaves to us on the desk's pages: nothing moves under the pointer, new alerts ring, the title counts, and a
// lost connection is told.
(() => {
  const RECENT_TOUCH = 1500; // ms: a tap may follow where the finger just was
  const isPoll = (event) => event.detail.elt.id === "poll";
  const home = location.pathname.split("/")[1];
  const visible = () => document.visibilityState === "visible";

  // --- nothing moves under the pointer ---
  let touchedAt = -RECENT_TOUCH;
  ["touchstart", "touchmove", "touchend"].forEach((name) =>
    document.addEventListener(name, (event) => { touchedAt = event.timeStamp; }, { passive: true }));
  const isUnderHand = (target) =>
    target.matches(":hover") && matchMedia("(hover: hover)").matches
    || performance.now() - touchedAt < RECENT_TOUCH
    || (target.contains(document.activeElement) && document.activeElement !== document.body)
    || target.querySelector("details[open]") !== null;

  // Cards that stay are brought up to date where they are, those that left are marked; new ones come with the pointer gone.
  const renewInPlace = (board, fresh) => {
    board.querySelectorAll(".card-line").forEach((card) => {
      const now = fresh.querySelector(`#${card.id}`);
      const link = card.querySelector(".card-link");
      if (now) { link.innerHTML = now.querySelector(".card-link").innerHTML; return; }
      card.classList.add("gone");
      card.inert = true;
      link.querySelector(".since").textContent = board.dataset.gone;
    });
  };

  const held = new Set(); // pieces held back: the next news must bring them again
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.id === "papers" && fragment.querySelector("#papers").innerHTML === target.innerHTML) { event.detail.shouldSwap = false; return; }
    if (target.id === "messages") { renewLines(target, fragment); event.detail.shouldSwap = false; return; }
    if (!["board", "standing", "labels", "papers", "review", "file-verbs", "openings", "parked"].includes(target.id) || acting || !isUnderHand(target)) return;
    if (target.id === "board") renewInPlace(target, fragment);
    event.detail.shouldSwap = false;
    held.add(target.id);
  });
  const isHeld = () => [...held].some((id) => isUnderHand(document.getElementById(id)));
  setInterval(() => {
    if (!held.size || isHeld()) return;
    held.clear();
    document.getElementById("version").value = "";
    htmx.trigger("#poll", "news");
  }, 250);

  // Messages that did not change stay the same elements: what is marked, opened or focused in them stays so.
  const renewLines = (list, fragment) => {
    list.querySelectorAll("details[open][id]").forEach((one) => {
      const now = fragment.querySelector(`#${one.id}`);
      if (now) now.open = true;
    });
    const fresh = fragment.querySelector("#messages");
    const lines = [...fresh.children];
    list.dataset.seq = fresh.dataset.seq;
    const old = new Map([...list.children].map((line) => [line.id, line]));
    const now = lines.map((line) => (old.has(line.id) && old.get(line.id).isEqualNode(line) ? old.get(line.id) : line));
    [...list.children].forEach((line) => { if (!now.includes(line)) line.remove(); });
    now.forEach((line, place) => { if (list.children[place] !== line) list.insertBefore(line, list.children[place] || null); });
  };

  // The list beside a conversation is fetched by itself.
  let isPaneOld = false;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target } = event.detail;
    if (target.id !== "list-pane" || !target.children.length || !isUnderHand(target)) return;
    event.detail.shouldSwap = false;
    isPaneOld = true;
  });
  setInterval(() => {
    const pane = document.getElementById("list-pane");
    if (!isPaneOld || isUnderHand(pane)) return;
    isPaneOld = false;
    htmx.trigger(pane, "queue");
  }, 500);

  // --- what was done oneself is shown at once, wherever the pointer is ---
  let acting = false;
  document.body.addEventListener("htmx:beforeOnLoad", (event) => { acting = !isPoll(event); });

  // --- what was asked for and not done is told, whichever form it was ---
  const refusal = document.getElementById("refusal");
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.addEventListener(name, (event) => {
    const { requestConfig, xhr } = event.detail;
    // what is fetched by itself tells of the lost connection above; a refusal (409) has its own words; alerts are seen again
    if (!refusal || requestConfig.verb === "get" || xhr.status === 409 || requestConfig.elt.id === "alarm") return;
    const told = document.createElement("p");
    told.className = "alert alert-danger";
    told.textContent = refusal.dataset.unsent;
    refusal.replaceChildren(told);
  }));

  // --- the end of a conversation stays in view ---
  const atEnd = () => window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 120;
  const toEnd = () => window.scrollTo({ top: document.documentElement.scrollHeight });
  let following = true;
  document.body.addEventListener("htmx:beforeOnLoad", () => { following = atEnd(); });
  const isThread = document.getElementById("messages") !== null;
  if (isThread) toEnd();
  document.body.addEventListener("htmx:afterSettle", () => { if (isThread && following) toEnd(); });
  if (!document.getElementById("alarm")) return; // a page without news

  // --- alerts ---
  const HEARD = "newest-alert";
  let sound = null;
  const wake = () => {
    sound = sound || new AudioContext(); // browsers allow sound only after a gesture
    sound.resume();
  };
  ["pointerdown", "keydown"].forEach((name) => document.addEventListener(name, wake, { once: true }));
  const ring = () => {
    if (!sound || sound.state !== "running") return;
    [[660, 0], [880, 0.16]].forEach(([pitch, after]) => {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      const start = sound.currentTime + after;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.15, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
      tone.connect(volume).connect(sound.destination);
      tone.start(start);
      tone.stop(start + 0.3);
    });
  };
  const title = document.title.replace(/^\(\d+\) /, "");
  const listen = () => {
    const { newest, unseen, waiting } = document.getElementById("alarm").dataset;
    const isNew = Number(newest) > Number(sessionStorage.getItem(HEARD) || 0);
    if (isNew && Number(unseen) > 0) ring();
    sessionStorage.setItem(HEARD, newest);
    document.title = `${Number(unseen) > 0 && !visible() ? "● " : ""}(${waiting}) ${title}`;
    if (Number(unseen) > 0 && visible()) htmx.trigger("#alarm", "seen");
  };
  listen();
  document.addEventListener("visibilitychange", () => { if (visible()) htmx.trigger("#poll", "news"); listen(); });

  // --- news ---
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    // a session that ended answers with the sign-in page: go there, it leads back
    if (new URL(event.detail.xhr.responseURL).pathname.split("/")[1] !== home) { event.detail.shouldSwap = false; location.reload(); }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr } = event.detail;
    if (!isPoll(event)) return;
    document.getElementById("offline").hidden = Boolean(successful);
    if (!successful || xhr.status === 204) return;
    listen();
  });
})();
