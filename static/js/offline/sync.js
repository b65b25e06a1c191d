/* Sends what was recorded and loads the list, whenever there is a network; tells when there is none. */
const AT_ONCE = 50;
const PATIENCE = 20000;

class Ended extends Error {}

async function ask(address, options) {
  const response = await fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE), headers: { "Content-Type": "application/json" } });
  if ([403, 404, 409].includes(response.status)) throw new Ended();
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/* In order; what is not taken now (`isKept`) stays on the device, and with it all that comes after. */
async function send(base, store, { onSent = () => {}, isKept = () => false }) {
  for (;;) {
    const waiting = (await store.entries()).slice(0, AT_ONCE);
    if (!waiting.length) return;
    const body = JSON.stringify(waiting.map(({ key, device, ...entry }) => entry));
    const receipts = await ask(`${base}/eintraege`, { method: "POST", body });
    const taken = receipts.filter((receipt) => !isKept(receipt));
    for (const { uuid, words } of taken) {
      if (words) await store.addNews(words);
      for (const entry of waiting.filter((each) => each.uuid === uuid)) {
        onSent(entry);
        await store.removeEntry(entry.key);
      }
    }
    if (!taken.length || taken.length < receipts.length) return;
  }
}

/* One round at a time; who asks meanwhile gets another one after it. */
export function syncing(base, store, { onList, onNetwork, onEnded, ...sending }, cache = "no-store") {
  let running = null;
  let again = false;
  async function round() {
    try {
      await send(base, store, sending);
      const list = await ask(`${base}/liste.json`, { cache });
      await store.keepList(list);
      onNetwork(true);
      await onList();
    } catch (error) {
      if (error instanceof Ended) await onEnded();
      else onNetwork(false);
    }
  }
  return async function sync() {
    if (running) again = true;
    running ??= round().finally(() => { running = null; });
    await running;
    if (again) {
      again = false;
      await sync();
    }
  };
}
