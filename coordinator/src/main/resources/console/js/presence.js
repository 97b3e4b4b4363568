// Who went and who came back, and when, for the charts to mark. Pure.

const CHANGES_KEPT = 100;

export class Presence {
  constructor() {
    /** `at` in seconds, `id`, `state`, `label`, `isLoss` of each change. */
    this.changes = [];
    this.here = new Map();
    /** How each node was when it was first seen. */
    this.first = [];
  }

  /** @param nodes each with its `id` and `state` at that instant */
  note(at, nodes) {
    for (const { id, state } of nodes) {
      const isHere = state === 'up' || state === 'slow';
      const wasHere = this.here.get(id);
      this.here.set(id, isHere);
      if (wasHere === undefined) {
        this.first.push({ at, id, state });
      } else if (wasHere !== isHere) {
        this.changes.push({ at, id, state, label: `${id} ${isHere ? 'up' : state}`, isLoss: !isHere });
      }
    }
    this.changes.splice(0, Math.max(0, this.changes.length - CHANGES_KEPT));
  }

  /** What was seen: the first state of each node, and each change. */
  observed() {
    return [...this.first, ...this.changes];
  }

  /** The changes that several observers saw together, of each only those that it was first to see. */
  static changesOf(observed) {
    const all = new Presence();
    [...observed].sort((a, b) => a.at - b.at).forEach(({ at, id, state }) => all.note(at, [{ id, state }]));
    return all.changes;
  }
}
