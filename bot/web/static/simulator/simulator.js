// What htmx leaves to us: scrolling along, keeping unsent text, saying when something did not go out.
(() => {
  const phoneOf = (element) => element.closest(".phone");
  const isPoll = (event) => event.detail.elt.id === "news";

  // --- the end of the thread stays in view ---
  document.querySelectorAll(".scroll").forEach((scroll) => {
    const thread = scroll.firstElementChild;
    let following = true;
    const follow = () => { if (following) scroll.scrollTop = scroll.scrollHeight; };
    scroll.addEventListener("scroll", () => {
      following = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    });
    const size = new ResizeObserver(follow);
    size.observe(scroll);
    size.observe(thread);
    new MutationObserver((changes) => {
      const grown = changes.some((change) => change.addedNodes.length > change.removedNodes.length);
      if (!grown) return;
      following = following || thread.lastElementChild.matches(".mine");
      follow();
      showUnread(phoneOf(scroll));
    }).observe(thread, { childList: true });
  });

  // --- a phone that is not shown (small screens) says that it has news ---
  const showUnread = (phone) => {
    if (phone.offsetParent === null) document.getElementById(`unread-${phone.dataset.citizen}`).hidden = false;
  };
  document.querySelectorAll(".view").forEach((view) => view.addEventListener("change", () => {
    const slug = view.id.replace("view-", "");
    document.getElementById(`unread-${slug}`).hidden = true;
  }));

  // --- writing: Enter sends; what is not sent yet outlives a reload ---
  const draftName = (box) => `draft-${phoneOf(box).dataset.citizen}`;
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

  const sent = (form) => {
    const box = form.querySelector("textarea");
    if (!box) { form.reset(); return; }
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
