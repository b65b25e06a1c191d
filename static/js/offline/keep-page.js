/* Lets the service worker keep this page, so that it opens without a network; anew whenever a new version takes over. */
export async function keepPage(worker) {
  if (!navigator.serviceWorker) return;
  const ask = async () => (await navigator.serviceWorker.ready).active.postMessage({ keep: location.pathname });
  navigator.serviceWorker.addEventListener("controllerchange", ask);
  await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
  await ask();
}
