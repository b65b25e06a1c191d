/* What the device keeps: the list as it was last loaded, entries not sent yet, and news nobody has seen; under a name of
   its own for each kind of page. */
const KEPT = 3 * 24 * 3600 * 1000;
const opened = {};

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open(name) {
  opened[name] ??= (() => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("lists", { keyPath: "device" });
      request.result.createObjectStore("entries", { autoIncrement: true }).createIndex("device", "device");
      request.result.createObjectStore("news", { autoIncrement: true }).createIndex("device", "device");
    };
    return done(request);
  })();
  return opened[name];
}

export function storeFor(name, device) {
  const store = async (kind, mode) => (await open(name)).transaction(kind, mode, { durability: "strict" }).objectStore(kind);
  const add = async (kind, value) => done((await store(kind, "readwrite")).add(value));
  const remove = async (kind, key) => done((await store(kind, "readwrite")).delete(key));

  /* In the order they were added, each with its key. */
  async function all(kind) {
    const [keys, values] = await Promise.all(
      ["getAllKeys", "getAll"].map(async (ask) => done((await store(kind, "readonly")).index("device")[ask](device))),
    );
    return values.map((value, number) => ({ ...value, key: keys[number] }));
  }

  return {
    list: async () => done((await store("lists", "readonly")).get(device)),
    keepList: async (list) => done((await store("lists", "readwrite")).put({ ...list, device })),
    entries: () => all("entries"),
    addEntry: (entry) => add("entries", { ...entry, device }),
    removeEntry: (key) => remove("entries", key),
    news: () => all("news"),
    addNews: (words) => add("news", { words, device }),
    removeNews: (key) => remove("news", key),
    /* The list goes; entries stay for a while, in case the device is given a new link. */
    async forget() {
      await done((await store("lists", "readwrite")).delete(device));
      for (const { key } of await all("news")) await remove("news", key);
      for (const { key, at } of await all("entries")) if (Date.now() - new Date(at) > KEPT) await remove("entries", key);
      for (const kept of await caches.keys()) if (kept.startsWith(`${name}-`)) await caches.delete(kept);
    },
  };
}
