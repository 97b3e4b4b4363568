// The last minutes of the cluster's rates, one sample a second, for the charts: from the members, then from their events.

import { SHOWN_MS, continued, isGap, isUnheard, joined, past, together } from './past.js';
import { Presence } from './presence.js';

const SAMPLE_MS = 1_000;
const KEPT = SHOWN_MS / SAMPLE_MS;
/** A member that did not answer is asked again after that. */
const ASK_AGAIN_MS = 5_000;

export class History {
  constructor(live, members) {
    this.live = live;
    this.members = members;
    /** What this page heard by itself. */
    this.heard = [];
    this.presence = new Presence();
    /** Whom this page asked since its last gap: `atMs`, and `hasFailed` if no answer came. */
    this.asked = new Map();
    /** The samples that members kept, by their ids. */
    this.kept = new Map();
    this.before = past([], Date.now());
    this.all = [];
    this.listeners = new Set();
    setInterval(() => this.sample(), SAMPLE_MS);
    live.addEventListener('cluster', () => this.presence.note(Date.now() / 1000, live.nodes()));
    live.addEventListener('links', () => this.askNew());
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  latest() {
    return this.heard.at(-1);
  }

  /** Asks each member once when its events come, and once more after each gap. */
  askNew() {
    const due = this.members.ids().filter((id) => this.live.hears(id) && this.mayAsk(this.asked.get(id)));
    due.forEach((id) => this.askOne(id));
  }

  mayAsk(asked) {
    return asked === undefined || (asked.hasFailed && Date.now() - asked.atMs >= ASK_AGAIN_MS);
  }

  async askOne(id) {
    const asked = { atMs: Date.now(), hasFailed: false };
    this.asked.set(id, asked);
    const answer = await this.members.askOne(id, '/v1/history').catch(() => undefined);
    if (!answer?.ok) {
      asked.hasFailed = true;
      return;
    }
    this.kept.set(id, continued(this.kept.get(id) ?? [], answer.json, Date.now()));
    this.before = past([...this.kept.values()], Date.now());
    this.tell();
  }

  sample() {
    const rates = this.live.fresh().map((view) => view.rates).filter(Boolean);
    if (rates.length > 0) {
      const at = Date.now() / 1000;
      if (this.heard.length > 0 && isGap(this.latest().at, at)) {
        this.asked.clear();
      }
      this.heard.push({ at, ...together(rates) });
      this.heard.splice(0, Math.max(0, this.heard.length - KEPT));
    }
    this.askNew();
    this.tell();
  }

  tell() {
    this.all = joined(this.before.samples, this.heard).slice(-KEPT);
    this.listeners.forEach((listener) => listener());
  }

  /** When nodes went and came back. */
  changes() {
    const kept = this.before.presence.observed().filter(({ at }) => isUnheard(this.heard, at));
    return Presence.changesOf([...kept, ...this.presence.observed()]);
  }

  /** The oldest first. */
  samples() {
    return this.all;
  }

  /** As uPlot wants it: the instants, then a column for each name; null where nothing was measured. */
  columns(names) {
    const samples = this.samples();
    return [samples.map((sample) => sample.at), ...names.map((name) => samples.map((sample) => sample[name]))];
  }
}
