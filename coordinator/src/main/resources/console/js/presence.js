// Who went and who came back, and when, for the charts to mark. Pure.

const CHANGES_KEPT = 100;

export class Presence {
  constructor() {
    /** `at` in seconds, `label`, `isLoss` of each change. */
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
        this.changes.push({ at, label: `${id} ${isHere ? 'up' : state}`, isLoss: !isHere });
      }
    }
    this.changes.splice(0, Math.max(0, this.changes.length - CHANGES_KEPT));
  }

  /** All changes, where `earlier` is of the time before the first one of this. */
  after(earlier) {
    const joined = new Presence();
    joined.here = new Map(earlier.here);
    this.first.forEach(({ at, id, state }) => earlier.here.has(id) && joined.note(at, [{ id, state }]));
    return [...earlier.changes, ...joined.changes, ...this.changes];
  }
}
