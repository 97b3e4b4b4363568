// The last minutes of the cluster's rates, one sample a second, for the charts: from the members, then from their events.

import { past, together } from './past.js';
import { Presence } from './presence.js';

const KEPT = 600;
const SAMPLE_MS = 1_000;

export class History {
  constructor(live, members) {
    this.live = live;
    this.members = members;
    this.beginMs = Date.now();
    /** What this page heard by itself. */
    this.heard = [];
    this.presence = new Presence();
    /** What members kept from before, by their ids: `body` and `at`, when it came. */
    this.kept = new Map();
    this.before = past([], [], this.beginMs);
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

  /** Asks each member once, when its events come. */
  askNew() {
    const asked = this.members.ids().filter((id) => this.live.hears(id) && !this.kept.has(id));
    asked.forEach((id) => this.askOne(id));
  }

  async askOne(id) {
    this.kept.set(id, undefined);
    const answer = await this.members.askOne(id, '/v1/history').catch(() => undefined);
    if (answer?.ok) {
      this.kept.set(id, { body: answer.json, at: Date.now() });
      const kept = [...this.kept.values()].filter(Boolean);
      this.before = past(
        kept.map(({ body }) => body),
        kept.map(({ at }) => at),
        this.beginMs,
      );
      this.tell();
    }
  }

  sample() {
    const rates = this.live.fresh().map((view) => view.rates).filter(Boolean);
    if (rates.length > 0) {
      this.heard.push({ at: Date.now() / 1000, ...together(rates) });
      this.heard.splice(0, Math.max(0, this.heard.length - KEPT));
    }
    this.tell();
  }

  tell() {
    this.listeners.forEach((listener) => listener());
  }

  /** When nodes went and came back. */
  changes() {
    return this.presence.after(this.before.presence);
  }

  /** The oldest first. */
  samples() {
    return [...this.before.samples, ...this.heard].slice(-KEPT);
  }

  /** As uPlot wants it: the instants, then a column for each name; null where nothing was measured. */
  columns(names) {
    const samples = this.samples();
    return [samples.map((sample) => sample.at), ...names.map((name) => samples.map((sample) => sample[name]))];
  }
}
