// What htmx leaves to us: scrolling along, marking what is new, keeping unsent text, saying what did not go out.
(() => {
  const phoneOf = (element) => element.closest(".phone");
  const isPoll = (event) => event.detail.elt.classList.contains("poll");

  // --- the end of the thread stays in view ---
  document.querySelectorAll(".scroll").forEach((scroll) => {
    const thread = scroll.firstElementChild;
    let following = true;
    const follow = () => { if (following) scroll.scrollTop = scroll.scrollHeight; };
    let height = 0; // of the thread, when it was scrolled last: what grew since did not scroll anybody away
    scroll.addEventListener("scroll", () => {
      const grew = scroll.scrollHeight > height;
      height = scroll.scrollHeight;
      if (grew && following) follow();
      else following = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    });
    thread.addEventListener("load", follow, true);
    const size = new ResizeObserver(follow);
    size.observe(scroll);
    size.observe(thread);
    new MutationObserver((changes) => {
      const grown = changes.some((change) => change.addedNodes.length > change.removedNodes.length);
      if (!grown) return;
      following = following || thread.lastElementChild.matches(".mine");
      follow();
      noteNews(scroll.closest(".chat"));
    }).observe(thread, { childList: true });
  });

  // --- what is not shown (another phone, the mailbox, the other side) says that it has news ---
  const behind = (label) => {
    const [kind, slug] = label.htmlFor.split(/-(?:of-)?/);
    if (kind === "side") return document.getElementById(slug);
    const phone = document.querySelector(`.phone[data-owner="${slug}"]`);
    return kind === "view" ? phone : phone.querySelector(`.${kind}`);
  };
  const showNews = () => document.querySelectorAll("label .unread").forEach((dot) => {
    const place = behind(dot.parentElement);
    dot.hidden = !place.matches("[data-news]") && !place.querySelector("[data-news]");
  });
  const noteNews = (pane) => {
    if (pane.offsetParent === null) pane.dataset.news = "";
    showNews();
  };
  document.querySelectorAll(".view").forEach((view) => view.addEventListener("change", () => {
    document.querySelectorAll("[data-news]").forEach((pane) => { if (pane.offsetParent !== null) delete pane.dataset.news; });
    showNews();
  }));

  // --- mail: what was never opened is marked, also after a reload ---
  const OPENED = "opened-mail";
  const opened = new Set(JSON.parse(localStorage.getItem(OPENED) || "[]"));
  const mark = (letter) => letter.classList.toggle("unopened", !opened.has(letter.dataset.key));
  document.querySelectorAll(".letters").forEach((letters) => {
    letters.querySelectorAll(".letter").forEach(mark);
    letters.addEventListener("toggle", (event) => {
      const letter = event.target.closest(".letter");
      opened.add(letter.dataset.key);
      localStorage.setItem(OPENED, JSON.stringify([...opened].slice(-500)));
      mark(letter);
    }, true);
    new MutationObserver(() => {
      letters.querySelectorAll(".letter").forEach(mark);
      noteNews(letters.closest(".mail"));
    }).observe(letters, { childList: true });
  });

  // --- writing: Enter sends; what is not sent yet outlives a reload ---
  const draftName = (box) => `draft-${phoneOf(box).dataset.owner}`;
  const fit = (box) => { box.rows = Math.min(5, box.value.split("\n").length); };
  document.querySelectorAll(".write textarea").forEach((box) => {
    box.value = box.value || sessionStorage.getItem(draftName(box)) || "";
    fit(box);
    box.addEventListener("input", () => { sessionStorage.setItem(draftName(box), box.value); fit(box); });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      box.form.requestSubmit();
    });
  });

  // --- a reply means one message, as in WhatsApp: a held or swiped one there, a pressed arrow here ---
  const replyTo = (phone, sid, words) => {
    const note = phone.querySelector(".replying");
    if (!note) return;
    note.hidden = !sid;
    note.querySelector("input").value = sid;
    note.querySelector("q").textContent = words;
  };
  document.querySelectorAll(".thread").forEach((thread) => thread.addEventListener("click", (event) => {
    const arrow = event.target.closest(".reply");
    if (!arrow) return;
    const bubble = arrow.closest(".bubble");
    const words = bubble.querySelector(".text")?.textContent || bubble.querySelector("img")?.alt || bubble.querySelector(".file, .place")?.textContent || "";
    replyTo(phoneOf(arrow), arrow.value, words.trim().slice(0, 60));
    phoneOf(arrow).querySelector(".write textarea").focus();
  }));
  document.querySelectorAll(".replying button").forEach((button) => button.addEventListener("click", () => replyTo(phoneOf(button), "", "")));

  const sent = (form) => {
    const box = form.querySelector("textarea");
    if (!box) { form.reset(); return; }
    replyTo(phoneOf(form), "", "");
    // Only what was sent goes; what was typed meanwhile stays.
    if (box.value.startsWith(box.dataset.sending)) box.value = box.value.slice(box.dataset.sending.length);
    sessionStorage.setItem(draftName(box), box.value);
    fit(box);
  };

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (isPoll(event) && document.hidden) { event.preventDefault(); return; }
    const box = event.target.querySelector?.("textarea");
    if (box) box.dataset.sending = box.value;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr } = event.detail;
    if (isPoll(event)) {
      document.getElementById("offline").hidden = Boolean(successful);
      return;
    }
    const note = phoneOf(event.target)?.querySelector(".unsent");
    if (!note) return;
    note.hidden = Boolean(successful);
    note.textContent = successful ? "" : (xhr.status === 413 ? note.dataset.tooLarge : note.dataset.unsent);
    if (successful) sent(event.target);
  });
})();
