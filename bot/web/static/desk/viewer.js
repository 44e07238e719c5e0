// A picture to look at closely: zoom (buttons, wheel, two fingers, + and -), turn ([ and ]), drag.
(() => {
  const STEP = 1.35;
  const MOST = 8;
  let zoom = 1;
  let turned = 0;
  let x = 0;
  let y = 0;
  const parts = () => {
    const viewer = document.getElementById("viewer");
    return viewer && { viewer, image: viewer.querySelector("img") };
  };
  const draw = () => {
    const { viewer, image } = parts();
    // what is turned by a quarter must still fit: its width is the viewer's height then
    const fits = turned % 180 ? Math.min(viewer.clientHeight / image.clientWidth, viewer.clientWidth / image.clientHeight, 1) : 1;
    image.style.transform = `translate(${x}px, ${y}px) rotate(${turned}deg) scale(${zoom * fits})`;
  };
  const rezoom = (factor) => {
    const before = zoom;
    zoom = Math.min(MOST, Math.max(1, zoom * factor));
    if (zoom === 1) { x = 0; y = 0; } else { x *= zoom / before; y *= zoom / before; }
    draw();
  };
  const move = (dx, dy) => {
    if (zoom === 1) return;
    const { viewer } = parts();
    const reach = [viewer.clientWidth, viewer.clientHeight].map((length) => (length * zoom) / 2);
    x = Math.min(reach[0], Math.max(-reach[0], x + dx));
    y = Math.min(reach[1], Math.max(-reach[1], y + dy));
    draw();
  };
  const turn = (by) => { turned += by; x = 0; y = 0; draw(); };
  const verbs = {
    zoom_in: () => rezoom(STEP),
    zoom_out: () => rezoom(1 / STEP),
    rotate_left: () => turn(-90),
    rotate_right: () => turn(90),
    fit: () => { zoom = 1; turned = 0; x = 0; y = 0; draw(); },
  };
  const keys = { "+": "zoom_in", "=": "zoom_in", "-": "zoom_out", "[": "rotate_left", "]": "rotate_right", 0: "fit" };
  const arrows = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

  const found = parts();
  if (!found) return;
  const { viewer } = found;
  viewer.classList.add("moves");
  const tools = document.querySelector(".viewer-tools");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) verbs[button.dataset.do]();
  });
  viewer.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys[event.key]) verbs[keys[event.key]]();
    else if (arrows[event.key] && zoom > 1) move(...arrows[event.key]);
    else return;
    event.preventDefault();
  });
  viewer.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && zoom === 1 && event.deltaY > 0) return; // the page scrolls on
    event.preventDefault();
    rezoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });

  const fingers = new Map();
  let apart = 0;
  const distance = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  };
  viewer.addEventListener("pointerdown", (event) => {
    viewer.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) apart = distance();
  });
  viewer.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) move(event.clientX - before.clientX, event.clientY - before.clientY);
    if (fingers.size === 2) {
      const now = distance();
      if (apart) rezoom(now / apart);
      apart = now;
    }
  });
  const lift = (event) => { fingers.delete(event.pointerId); apart = 0; };
  viewer.addEventListener("pointerup", lift);
  viewer.addEventListener("pointercancel", lift);
  viewer.addEventListener("dblclick", () => (zoom > 1 ? verbs.fit() : rezoom(2.5)));
  window.addEventListener("resize", () => parts() && draw());
})();
