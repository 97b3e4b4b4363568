// Failures that belong together: one outage with its beginning, its end and its cause. Pure.

import { list } from './format.js';

/** Failures that are farther apart are two outages. */
const GAP_MS = 5_000;
const FAILED = ['refused', 'unknown'];
/** Reasons of refusals that are a matter of the client or of one key, and not of the cluster. */
const OF_ONE_KEY = ['key reused', 'contention', 'too large'];
const CAUSES = {
  'no quorum': 'too few replicas answered in time',
  overloaded: 'too much was in flight',
  'no memory': 'requests held as much memory as they may',
  'disk full': 'the disks of too many replicas are full',
  fenced: 'the clock of a node is far behind',
};

/** Whether the cluster did not do what it is there for. */
export const isFailure = ({ outcome, reason }) => FAILED.includes(outcome) && !OF_ONE_KEY.includes(reason);

/**
 * @param requests slow and failed ones, the latest first
 * @returns the latest first: `{requests}` with one request, or an outage with `kind`, `beginMs`, `endMs`, `isOutage`
 */
export function outages(requests) {
  const groups = [];
  const open = new Map();
  for (const request of requests) {
    const beginMs = Date.parse(request.at);
    const endMs = beginMs + request.elapsedUs / 1000;
    const kind = isFailure(request) ? kindOf(request) : undefined;
    const group = kind in CAUSES ? open.get(kind) : undefined;
    if (group && group.beginMs - endMs <= GAP_MS) {
      group.requests.push(request);
      group.beginMs = beginMs;
      group.endMs = Math.max(group.endMs, endMs);
      group.isOutage = true;
    } else {
      const one = { kind, beginMs, endMs, requests: [request], isOutage: false };
      groups.push(one);
      open.set(kind, one);
    }
  }
  return groups;
}

/** A write of unknown outcome lacks a quorum too: it was sent before that was noticed. */
function kindOf({ outcome, reason }) {
  return outcome === 'unknown' ? 'no quorum' : (reason ?? 'refused').toLowerCase().replaceAll(/[_-]/g, ' ');
}

/** Whom most of the requests of an outage lacked, and otherwise why they were refused. */
export function causeOf({ kind, requests }) {
  const lacked = new Map();
  requests.flatMap(missingOf).forEach((id) => lacked.set(id, (lacked.get(id) ?? 0) + 1));
  const missing = [...lacked.keys()].filter((id) => lacked.get(id) * 2 > requests.length).sort();
  return kind === 'no quorum' && missing.length > 0 ? `${list(missing)} did not answer` : CAUSES[kind];
}

/** Replicas that a request could not reach, or that gave it no answer. */
export function missingOf({ evidence }) {
  const silent = evidence.rounds
    .flatMap((round) => round.replicas)
    .filter((each) => each.answer === 'no answer yet')
    .map((each) => each.id);
  return [...new Set([...(evidence.unreachable ?? []), ...silent])];
}

/** How the requests ended, such as "12 refused, 3 unknown". */
export function outcomesOf({ requests }) {
  return FAILED.map((outcome) => [outcome, requests.filter((each) => each.outcome === outcome).length])
    .filter(([, many]) => many > 0)
    .map(([outcome, many]) => `${many} ${outcome}`)
    .join(', ');
}
