// The last minutes of the cluster's rates, one sample a second, for the charts.

const KEPT = 600;
const SAMPLE_MS = 1_000;
const CHANGES_KEPT = 100;

export class History {
  constructor(live) {
    this.live = live;
    this.samples = [];
    /** When nodes went and came back, for the charts to mark: `at` in seconds, `label`, `isLoss`. */
    this.changes = [];
    this.states = new Map();
    this.listeners = new Set();
    setInterval(() => this.sample(), SAMPLE_MS);
    live.addEventListener('cluster', () => this.noteChanges());
  }

  /** As the member sees it that reaches most. */
  noteChanges() {
    for (const { id, state } of this.live.nodes()) {
      const isHere = state === 'up' || state === 'slow';
      const wasHere = this.states.get(id);
      this.states.set(id, isHere);
      if (wasHere !== undefined && wasHere !== isHere) {
        this.changes.push({ at: Date.now() / 1000, label: `${id} ${isHere ? 'is back' : state}`, isLoss: !isHere });
        this.changes.splice(0, Math.max(0, this.changes.length - CHANGES_KEPT));
      }
    }
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  latest() {
    return this.samples.at(-1);
  }

  /** Rates of all coordinators together; of times the worst, since quantiles cannot be added. */
  sample() {
    const rates = [...this.live.views.values()].map((view) => view.rates).filter(Boolean);
    if (rates.length > 0) {
      const sum = (name) => rates.reduce((total, each) => total + (each[name] ?? 0), 0);
      const worst = (name) =>
        rates
          .map((each) => each[name])
          .filter((value) => typeof value === 'number')
          .reduce((most, value) => Math.max(most ?? 0, value), null);
      this.samples.push({
        at: Date.now() / 1000,
        reads: sum('readsPerS'),
        writes: sum('writesPerS'),
        failed: sum('failedPerS'),
        readP50: worst('readP50Ms'),
        readP99: worst('readP99Ms'),
        writeP50: worst('writeP50Ms'),
        writeP99: worst('writeP99Ms'),
      });
      this.samples.splice(0, Math.max(0, this.samples.length - KEPT));
    }
    this.listeners.forEach((listener) => listener());
  }

  /** As uPlot wants it: the instants, then a column for each name; null where nothing was measured. */
  columns(names) {
    return [
      this.samples.map((sample) => sample.at),
      ...names.map((name) => this.samples.map((sample) => sample[name])),
    ];
  }
}
