/* A table's scribe, with or without a network: what is written is kept on the device and sent when it can be. */
import { actionsOf } from "./capture/actions.js";
import { attachForm } from "./capture/form.js";
import { attachList } from "./capture/list.js";
import { showLines } from "./capture/rows.js";
import { givenIn, standing } from "./capture/state.js";
import { fill } from "./offline/fill.js";
import { held } from "./offline/held.js";
import { keepPage } from "./offline/keep-page.js";
import { newsBoard } from "./offline/news.js";
import { storeFor } from "./offline/store.js";
import { syncing } from "./offline/sync.js";

const EVERY = 5000;

export async function attach(root) {
  const says = root.dataset;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const store = storeFor("erfassung", Number(says.table));
  const board = newsBoard(part("news"), store, says);
  const write = part("write");
  const round = () => Number(write.elements.round?.value ?? 1);
  let list = null;
  let hasNetwork = true;
  let sent = []; // answered, and not in the list yet

  function showWaiting(entries) {
    const lines = entries.filter(({ kind }) => kind === "line").length;
    const waiting = lines > 1 ? fill(says.saysWaiting, { count: lines }) : lines ? says.saysOne : entries.length ? says.saysOther : "";
    const words = list.closed && entries.length ? says.saysRefused : hasNetwork ? "" : says.saysOffline;
    part("network").textContent = `${words} ${waiting}`.trim();
    part("network").hidden = !words && !waiting;
  }

  function showHint() {
    const [given, most] = [givenIn(list, round()), list.most[round()]];
    part("hint").textContent = most && given > most ? fill(says.saysOver, { given, most }) : "";
  }

  async function refresh() {
    const [kept, entries] = [await store.list(), await store.entries()];
    if (!kept || !root.contains(write)) return;
    list = standing(kept, [...sent, ...entries]);
    const count = list.lines.length;
    part("count").textContent = count > 1 ? fill(says.saysMany, { count }) : count ? says.saysSingle : says.saysNone;
    part("closed").hidden = !list.closed;
    for (const each of root.querySelectorAll("[data-open]")) each.hidden = list.closed && !(each.contains(write) && write.elements.text.value);
    showLines(root, list, { round: round(), write });
    showHint();
    showWaiting(entries);
    await board.show();
  }

  const sync = syncing(says.base, store, {
    onList: () => { sent = []; return refresh(); },
    onNetwork: (is) => { hasNetwork = is; return refresh(); },
    onSent: (entry) => sent.push(entry),
    isKept: ({ result }) => result === "closed",
    onEnded: async () => {
      const lost = (await store.entries()).filter(({ text }) => text).map(({ text }) => Object.assign(document.createElement("li"), { textContent: text }));
      await store.forget();
      const unsent = document.createElement("ul");
      unsent.append(...lost);
      root.replaceChildren(says.saysEnded, unsent);
    },
  }, "no-cache");
  const entries = held(`erfassung-${says.table}-unterwegs`, store);
  const actions = actionsOf({ entries, sync, refresh, current: () => list });

  attachForm(write, actions, { says, name: `erfassung-${says.table}`, part, refresh });
  attachList(root, actions, { round });
  await entries.restore();
  await refresh();
  await sync();
  root.dataset.ready = "";
  window.addEventListener("online", sync);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sync(); });
  setInterval(() => { if (!document.hidden && root.contains(write)) sync(); }, EVERY);
  await keepPage(says.worker);
}
