/* What a scribe does: each is an entry with a key of its own, kept first and sent later. */
export function actionsOf({ entries, sync, refresh, current }) {
  const keep = async (entry) => {
    await entries.add({ uuid: crypto.randomUUID(), at: new Date().toISOString(), ...entry });
    await refresh();
    sync();
  };
  return {
    find: (key) => current()?.lines.find((line) => line.key === key),
    write: (words, round) => keep({ kind: "line", ...words, round }),
    change: (line, words) => keep({ kind: "changed", line, ...words }),
    undo: (line) => keep({ kind: "undone", line }),
    show: (line, onWall) => keep({ kind: onWall ? "shown" : "hidden", line }),
    setPoints: (line, round, to) => keep({ kind: "points", line, round, to }),
    addPoints: (line, round, by) => keep({ kind: "points", line, round, by }),
  };
}
