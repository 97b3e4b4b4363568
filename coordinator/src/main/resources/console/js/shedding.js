// When requests were refused since there were too many, of which classes, and why. Pure.

import { list } from './format.js';

/** Refusals that are farther apart are two episodes. */
const GAP_S = 5;
const CLASSES = { read: 'reads', write: 'writes', bulk: 'scans and batches' };
const REASONS = { late: 'waited too long', class: 'gave way to a higher class' };

/** The lines of several coordinators as one: `class`, `reason` and `perS` of each. */
export function shedTogether(lines) {
  const sums = new Map();
  for (const { class: of, reason, perS } of lines) {
    const key = `${of} ${reason}`;
    sums.set(key, { class: of, reason, perS: (sums.get(key)?.perS ?? 0) + perS });
  }
  return [...sums.values()];
}

/**
 * @param samples one a second, each with `at` in seconds and `shedBy`
 * @returns the latest first: `beginS`, `endS`, and `lines`, each with `class`, `reason` and `count`
 */
export function episodes(samples) {
  const found = [];
  for (const { at, shedBy } of samples.filter((sample) => sample.shedBy?.length > 0)) {
    let last = found.at(-1);
    if (!last || at - last.endS > GAP_S) {
      last = { beginS: at, endS: at, seen: [] };
      found.push(last);
    }
    last.endS = at;
    last.seen.push(...shedBy);
  }
  return found.reverse().map(({ beginS, endS, seen }) => ({
    beginS,
    endS,
    lines: shedTogether(seen).map(({ class: of, reason, perS }) => ({ class: of, reason, count: Math.ceil(perS) })),
  }));
}

/** Such as "120 writes gave way to a higher class, and 3 reads waited too long". */
export function words({ lines }) {
  return list(
    lines.map(({ class: of, reason, count }) => `${count} ${CLASSES[of] ?? of} ${REASONS[reason] ?? reason}`),
  );
}
