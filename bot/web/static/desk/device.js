// Alerts on this device, also while the desk is closed: the browser asks, we keep its subscription.
(() => {
  const form = document.getElementById("device");
  if (!("serviceWorker" in navigator && "PushManager" in window)) return;
  const button = form.querySelector("button");
  const told = form.querySelector("[role=status]");
  const { key, worker, forget, on, off, denied, failed } = form.dataset;

  const show = (subscription) => { button.textContent = subscription ? off : on; form.hidden = false; };
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const tell = async (url, values) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ csrf_token: form.csrf_token.value, ...values }) });
    if (!answer.ok) throw new Error(String(answer.status));
  };
  const turnOn = async (registration) => {
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
    const { endpoint, keys } = subscription.toJSON();
    await tell(form.action, { endpoint, p256dh: keys.p256dh, auth: keys.auth });
    return subscription;
  };
  const turnOff = async (subscription) => {
    await tell(forget, { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
    return null;
  };

  const ready = navigator.serviceWorker.register(worker).then(async (registration) => {
    show(await registration.pushManager.getSubscription());
    return registration;
  }).catch(() => null);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    told.textContent = "";
    try {
      const registration = await ready;
      const subscription = await registration.pushManager.getSubscription();
      show(subscription ? await turnOff(subscription) : await turnOn(registration));
    } catch {
      told.textContent = Notification.permission === "denied" ? denied : failed;
    }
    button.disabled = false;
  });
})();
