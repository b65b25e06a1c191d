/* Entries on their way into the store, which answers later: kept at once, so that none is lost when the page ends in between. */
export function held(name, store) {
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? [];
    } catch {
      return [];
    }
  };
  const write = (entries) => {
    try {
      localStorage.setItem(name, JSON.stringify(entries));
    } catch { /* storage is full or forbidden: only the moment in between is not safe */ }
  };
  return {
    async add(entry) {
      write([...read(), entry]);
      await store.addEntry(entry);
      write(read().filter(({ uuid }) => uuid !== entry.uuid));
    },
    async restore() {
      const known = new Set((await store.entries()).map(({ uuid }) => uuid));
      for (const entry of read()) if (!known.has(entry.uuid)) await store.addEntry(entry);
      write([]);
    },
  };
}
