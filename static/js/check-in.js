/* The door without a network: what is pressed, typed or scanned is kept on the device and sent when it can be. */
import { actionsOf } from "./check-in/actions.js";
import { attachCamera } from "./check-in/camera.js";
import { attachForms } from "./check-in/forms.js";
import { keepPage } from "./offline/keep-page.js";
import { newsBoard } from "./offline/news.js";
import { showList } from "./check-in/rows.js";
import { fill } from "./offline/fill.js";
import { answers, everyone, standing, unlisted } from "./check-in/state.js";
import { storeFor } from "./offline/store.js";
import { syncing } from "./offline/sync.js";

const EVERY = 20000;

export async function attach(root) {
  const says = root.dataset;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const store = storeFor("einlass", Number(says.device));
  const board = newsBoard(part("news"), store, says);
  const search = part("search").elements.suche;
  let list = null;
  let hasNetwork = true;
  let party = Number(new URLSearchParams(location.search).get("anmeldung"));

  function showCounts(entries) {
    const extra = unlisted(entries).reduce((sum, each) => sum + (each.persons ?? 1), 0);
    const count = entries.length;
    const waiting = count ? fill(count === 1 ? says.saysOne : says.saysWaiting, { count }) : "";
    part("arrived").textContent = everyone(list).filter(({ entry }) => entry).length + extra;
    part("expected").textContent = everyone(list).length + extra;
    part("network").textContent = hasNetwork ? waiting : `${says.saysOffline} ${waiting}`;
    part("network").hidden = hasNetwork && !waiting;
  }

  async function refresh() {
    const [kept, entries] = [await store.list(), await store.entries()];
    if (!kept || !root.contains(search)) return;
    list = standing(kept, entries);
    showList(root, list, (each) => (party ? each.id === party : answers(each, search.value)));
    part("all").hidden = !party && !search.value;
    showCounts(entries);
    await board.show();
  }

  function narrow(to) {
    party = to?.id ?? 0;
    search.value = "";
    board.say("");
    return refresh().then(() => party && root.querySelector(`[data-party="${party}"] button:not([hidden])`).focus());
  }

  const sync = syncing(says.base, store, {
    onList: refresh,
    onNetwork: (is) => { hasNetwork = is; return refresh(); },
    onEnded: async () => { await store.forget(); root.replaceChildren(says.saysEnded); },
  });
  const actions = actionsOf({ store, board, says, current: () => list, sync, refresh, narrow });

  await refresh();
  await sync();
  if (!list) return;
  attachForms(root, actions, { narrow, refresh: () => { party = 0; return refresh(); } });
  attachCamera(part("camera"), actions.scan, () => board.say(says.saysCamera, true));
  root.dataset.ready = "";
  window.addEventListener("online", sync);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sync(); });
  setInterval(() => { if (!document.hidden && root.contains(search)) sync(); }, EVERY);
  await keepPage(says.worker);
}
