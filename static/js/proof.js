/* ALTCHA's proof of work: asks for a sum, solves it beside the page while somebody writes, and writes the answer into the
   form. Whatever goes wrong, the form is sent without. */
import { solveChallengeWorkers } from "altcha/lib";

const RENEWED_AFTER = 90 * 60 * 1000; // the sum holds two hours
const MOST_WORKERS = 4;

export async function attach(element) {
  const field = element.closest("form").elements.altcha;
  const createWorker = () => new Worker(element.dataset.worker);
  const concurrency = Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1);
  try {
    const challenge = await (await fetch(element.dataset.challenge)).json();
    const solution = await solveChallengeWorkers({ challenge, concurrency, createWorker });
    if (solution) field.value = btoa(JSON.stringify({ challenge, solution }));
    setTimeout(() => attach(element), RENEWED_AFTER);
  } catch { /* no network, no workers: a contribution counts without */ }
}
