// What the cluster can bear now: in doubt by the worst fresh view, and red as soon as requests fail. Pure.

import { list, plural } from './format.js';
import { isFailure } from './outages.js';

/** A member tells its view once a second. One that is older may be of a process that has stopped since. */
export const FRESH_MS = 2_500;
const FAILING_MS = 3_000;

/**
 * @param told the views of members, each with `at`, when it came
 * @param requests those that ended, the latest first, each with `cameAt`
 * @returns {{tone, title}} `tone` is good, warn or bad
 */
export function standing(told, requests, now) {
  const failures = requests.filter((request) => isFailure(request) && now - request.cameAt < FAILING_MS);
  if (failures.length > 0) {
    return { tone: 'bad', title: `requests fail, through ${list(names(failures.map((request) => request.node)))}` };
  }
  const fresh = told.filter(({ at }) => now - at < FRESH_MS).map(({ view }) => view);
  if (fresh.length === 0) {
    return { tone: 'bad', title: 'no member says anything' };
  }
  const refusing = fresh.filter((view) => !view.hasQuorum);
  if (refusing.length === fresh.length) {
    return { tone: 'bad', title: 'no quorum: requests are refused' };
  }
  if (refusing.length > 0) {
    const ids = names(refusing.map((view) => view.coordinator));
    return { tone: 'bad', title: `${list(ids)} ${ids.length === 1 ? 'refuses' : 'refuse'} requests: no quorum` };
  }
  const least = Math.min(...fresh.map((view) => view.canLose));
  return least === 0
    ? { tone: 'warn', title: 'can lose no more nodes' }
    : { tone: 'good', title: `can lose ${plural(least, 'more node')}` };
}

function names(ids) {
  return [...new Set(ids)].sort();
}
