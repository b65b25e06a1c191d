/* What the device keeps: the list as it was last loaded, entries not sent yet, and news nobody has seen. */
const KEPT = 3 * 24 * 3600 * 1000;
let opened;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open() {
  opened ??= (() => {
    const request = indexedDB.open("einlass", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("lists", { keyPath: "device" });
      request.result.createObjectStore("entries", { autoIncrement: true }).createIndex("device", "device");
      request.result.createObjectStore("news", { autoIncrement: true }).createIndex("device", "device");
    };
    return done(request);
  })();
  return opened;
}

const store = async (name, mode) => (await open()).transaction(name, mode, { durability: "strict" }).objectStore(name);

/* In the order they were added, each with its key. */
async function all(name, device) {
  const [keys, values] = await Promise.all(
    ["getAllKeys", "getAll"].map(async (ask) => done((await store(name, "readonly")).index("device")[ask](device))),
  );
  return values.map((value, number) => ({ ...value, key: keys[number] }));
}

const add = async (name, value) => done((await store(name, "readwrite")).add(value));
const remove = async (name, key) => done((await store(name, "readwrite")).delete(key));

export const storeFor = (device) => ({
  list: async () => done((await store("lists", "readonly")).get(device)),
  keepList: async (list) => done((await store("lists", "readwrite")).put({ ...list, device })),
  entries: () => all("entries", device),
  addEntry: (entry) => add("entries", { ...entry, device }),
  removeEntry: (key) => remove("entries", key),
  news: () => all("news", device),
  addNews: (words) => add("news", { words, device }),
  removeNews: (key) => remove("news", key),
  /* The names go; entries stay for a while, in case the device is given a new link. */
  async forget() {
    await done((await store("lists", "readwrite")).delete(device));
    for (const { key } of await all("news", device)) await remove("news", key);
    for (const { key, at } of await all("entries", device)) if (Date.now() - new Date(at) > KEPT) await remove("entries", key);
    for (const name of await caches.keys()) if (name.startsWith("einlass-")) await caches.delete(name);
  },
});
