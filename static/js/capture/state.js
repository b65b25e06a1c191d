/* The lines as they stand: what the site said last, and on top of it what this device did since. Newest first. */
export function standing(list, entries) {
  const lines = new Map(list.lines.map((line) => [line.key, { ...line, points: { ...line.points } }]).reverse());
  for (const { kind, uuid, line: key, text, language, what, round, to, by } of entries) {
    const line = lines.get(key);
    if (kind === "line" && !lines.has(uuid)) {
      lines.set(uuid, { key: uuid, number: 0, text, language, what, round, direction: "auto", points: {}, waits: true });
    } else if (kind === "changed" && line) Object.assign(line, { text, language, what, direction: "auto", waits: true });
    else if (kind === "undone") lines.delete(key);
    else if (kind === "points" && line) line.points[round] = Math.max(0, to ?? (line.points[round] ?? 0) + by);
    else if ((kind === "hidden" || kind === "shown") && line) line.hidden = kind === "hidden";
  }
  return { ...list, lines: [...lines.values()].reverse() };
}

export const givenIn = (list, round) => list.lines.reduce((sum, { points }) => sum + (points[round] ?? 0), 0);
