// How a request ended, and what its caller may conclude: the part of a story that matters when money is at stake. Pure.

import { capital, list, micros, plural, word } from '../format.js';
import { ackedBy } from './story.js';

/** One word, and a sign that does not need colour. */
export const BADGES = {
  applied: { sign: '✓', label: 'applied', tone: 'good' },
  read: { sign: '✓', label: 'read', tone: 'good' },
  scanned: { sign: '✓', label: 'scanned', tone: 'good' },
  surveyed: { sign: '✓', label: 'surveyed', tone: 'good' },
  'request status': { sign: '✓', label: 'request status', tone: 'good' },
  'condition failed': { sign: '≠', label: 'condition failed', tone: 'calm' },
  refused: { sign: '✕', label: 'refused', tone: 'bad' },
  unknown: { sign: '?', label: 'unknown', tone: 'warn' },
};

export function badge(request) {
  return BADGES[request.outcome] ?? { sign: '·', label: request.outcome, tone: 'calm' };
}

export function outcome(story) {
  const after = micros(story.request.elapsedUs);
  const write = OUTCOMES[story.request.outcome] ?? (() => ['Done', '']);
  const [title, text] = write(story);
  return { title: `${title}, after ${after}`, text };
}

const OUTCOMES = {
  applied: (story) => ['Applied', applied(story)],
  read: (story) => [
    story.request.found === false ? 'Answered: there is no value' : 'Answered with the value',
    read(story),
  ],
  scanned: () => [
    'Answered with a page of keys',
    'Each key of the page, and each absence between two keys, was true at some instant between question and answer.',
  ],
  surveyed: () => [
    'Answered with every replica\u2019s copy',
    'These are the copies as they are, even if they differ.',
  ],
  'request status': () => [
    'Answered with the state of the request',
    'This is what a majority remembers of it. The question had no effect on it.',
  ],
  'condition failed': () => [
    'Condition failed: nothing happened',
    'The key no longer has the version that the client expected. Nothing was written. The client may read again, and try anew.',
  ],
  refused: (story) => [
    'Refused: nothing happened',
    `${refusal(story)} Nothing was stored anywhere, and nothing will be: the same request may safely be sent again.`,
  ],
  unknown: (story) => [
    'Unknown: it may have happened',
    `The write was sent, and too few acknowledged it in time (${plural(ackedBy(story).length, 'ack')}). It may have taken effect, may still, or never will. ` +
      'The honest answer is \u201cunknown\u201d: read the key before you write again.',
  ],
};

function applied(story) {
  const { n } = story;
  const ids = ackedBy(story);
  const spare = ids.length - 1;
  if (ids.length * 2 <= n) {
    return `${list(ids)} alone holds it. If that node dies now, the write is lost: that is the price of level one.`;
  }
  const survives =
    spare === 0 ? '' : ` It survives the loss of any ${spare === 1 ? 'one node' : `${word(spare)} nodes`}.`;
  return `The client may rely on it: the write is on the disks of ${list(ids)}, and every later read, through any node, sees it or something newer.${survives}`;
}

function read({ request, rounds, n }) {
  const repaired = request.evidence.repaired;
  const was = request.found === false ? 'This absence' : 'This value';
  if (rounds[0]?.required === 1 && n > 1) {
    return `${was} is the copy of one replica. It may be stale: that is the price of level one.`;
  }
  const promise =
    request.level === 'quorum'
      ? ' A write in progress may show now and be gone at the next read of this level.'
      : ' No later read can see anything older.';
  const fixed =
    repaired.length === 0
      ? ''
      : ` On the way ${list(repaired)} got the version that ${repaired.length === 1 ? 'it' : 'they'} had missed.`;
  return `${was} was the newest at some instant between question and answer.${promise}${fixed}`;
}

function refusal({ request, rounds, unreachable }) {
  const reason = (request.reason ?? '').toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ');
  if (reason.includes('disk')) {
    return 'The disks of too many replicas are full.';
  }
  if (reason.includes('contention')) {
    return 'Other conditional writes on this key kept coming in between.';
  }
  if (reason.includes('overload')) {
    return 'Too much is in flight already.';
  }
  if (reason.includes('fenced')) {
    return `The clock of ${request.node} is far behind: the write seems older than deletes that are forgotten.`;
  }
  const required = rounds[0]?.required ?? request.evidence.quorum;
  return `${capital(word(required))} replicas are needed, and too few can be reached${unreachable.length > 0 ? ` (missing: ${list(unreachable)})` : ''}.`;
}

/** The last word: who lacks what, and why that does no harm. */
export function closing(story) {
  const { request, missing, n } = story;
  const repaired = request.evidence.repaired;
  if (request.outcome === 'refused') {
    return {
      title: 'Why refuse?',
      text: `With too few replicas an answer could contradict what the other replicas have promised meanwhile. So ${story.coordinator} says at once that nothing happened.`,
    };
  }
  if (request.outcome === 'unknown') {
    return {
      title: 'Why not simply \u201cfailed\u201d?',
      text: 'The replicas that received the message may have stored it, and a later read may find and finish it. A client that took this for a failure might pay twice.',
    };
  }
  if (repaired.length > 0) {
    return {
      title: `${list(repaired)} caught up`,
      text: `${list(repaired)} had been away when the version was written. This read noticed, since a majority holds what one replica misses, and brought ${repaired.length === 1 ? 'it' : 'them'} up to date: read repair.`,
    };
  }
  if (story.behind.length > 0) {
    return {
      title: `${list(story.behind)} caught up behind the answer`,
      text:
        `${list(story.behind)} showed an older version: away when the newer one was written. A majority had it, so the client need not wait. ` +
        `${story.coordinator} sends it to ${list(story.behind)} all the same: read repair.`,
    };
  }
  if (
    request.kind === 'read' ||
    request.kind === 'scan' ||
    request.kind === 'survey' ||
    request.outcome !== 'applied'
  ) {
    return { title: 'The end', text: agreement(story) };
  }
  if (missing.length === 0) {
    return {
      title: 'All have it',
      text: `In the end all ${word(n)} replicas hold the new version, though ${word(story.rounds.at(-1)?.required ?? n)} would have done.`,
    };
  }
  const it = missing.length === 1 ? 'it' : 'them';
  return {
    title: `What ${list(missing)} missed`,
    text:
      `${list(missing)} ${missing.length === 1 ? 'does' : 'do'} not have this version, as far as was seen. It does no harm: ` +
      `every later majority has one of ${list(ackedBy(story))} in it, and that node has the version. When ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} back, a read will notice and repair ${it}.`,
  };
}

function agreement({ request, rounds, n }) {
  const query = rounds[0];
  if (request.kind !== 'read' || !query || query.required * 2 <= n) {
    return 'Nothing was changed by this request.';
  }
  const agree = query.messages.filter((each) => each.fate === 'counted' && each.version === query.newest).length;
  return rounds.length === 1 && agree >= query.required
    ? `The ${word(agree)} that answered agree, so one round of messages was the whole read. Nothing had to be repaired.`
    : 'Nothing more had to be done.';
}
