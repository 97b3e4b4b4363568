// Members that do not know the user. Pure.

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * A new token takes some seconds to reach all members, so a stranger is asked again soon. A browser that has no cookie
 * for its host stays unknown for good, so the waits double.
 */
export class Strangers {
  constructor(now = Date.now) {
    this.now = now;
    this.waits = new Map();
  }

  add(id) {
    if (this.isLeftAlone(id)) {
      return; // other parts of the page ask too
    }
    const before = this.waits.get(id)?.ms ?? FIRST_WAIT_MS / 2;
    const ms = Math.min(2 * before, LONGEST_WAIT_MS);
    this.waits.set(id, { ms, until: this.now() + ms });
  }

  delete(id) {
    this.waits.delete(id);
  }

  clear() {
    this.waits.clear();
  }

  has(id) {
    return this.waits.has(id);
  }

  /** Whether it is too early to ask it again. */
  isLeftAlone(id) {
    return this.now() < (this.waits.get(id)?.until ?? 0);
  }
}
