// Whether the replicas agree, in words, and what is in the way. Pure.

import { capital, count, duration, list, plural } from './format.js';

const MINUTES_S = 15 * 60;
const HOURS_S = 6 * 3600;
const DAY_S = 36 * 3600;

/** Ages of a slot's last verification, from the youngest, as the page colours them. */
export const AGES = [
  { name: 'minutes', words: 'within 15 minutes' },
  { name: 'hours', words: 'within 6 hours' },
  { name: 'day', words: 'within a day and a half' },
  { name: 'longer', words: 'longer ago' },
  { name: 'never', words: 'never' },
];

/** @param ageS seconds since all replicas agreed on a slot, null if they never did */
export function ageName(ageS) {
  if (ageS === null) {
    return 'never';
  }
  if (ageS < MINUTES_S) {
    return 'minutes';
  }
  if (ageS < HOURS_S) {
    return 'hours';
  }
  return ageS < DAY_S ? 'day' : 'longer';
}

export function slotWords(slot, ageS) {
  const name = `slot ${slot.toString(16).padStart(2, '0')}`;
  return ageS === null ? `${name}: never verified` : `${name}: verified ${duration(ageS * 1000)} ago`;
}

/**
 * The one answer of the page: the worst that is known first.
 * @param body as `/v1/convergence` shows it, of a node with a store
 */
export function agreement(body) {
  return damaged(body) ?? away(body) ?? behind(body) ?? blocked(body) ?? verified(body.verified, body.pass);
}

/**
 * What became of deletes.
 * @param forgetting as `/v1/convergence` shows it
 */
export function deletes({ enabled, quietMs, upTo, forgotten, tombstones, blocked, toDo }) {
  const met = tombstones === undefined ? '' : ` The last pass met ${count(tombstones)} tombstones here.`;
  if (!enabled) {
    return { tone: 'calm', words: `Each delete leaves a tombstone, as purgeQuietMs is 0.${met}` };
  }
  if (blocked.length > 0) {
    const why = blocked.map((each) => `${each.by} ${each.why}`).join('; ');
    return { tone: 'warn', words: `Deletes are kept: ${why}. ${toDo}.${met}` };
  }
  const until = upTo === undefined ? ` Deletes go when two passes met them, after ${duration(quietMs)}.` : '';
  return {
    tone: 'good',
    words: `${capital(count(forgotten))} deleted keys are forgotten here since the start.${until}${met}`,
  };
}

function damaged({ damages, node }) {
  return damages.length === 0
    ? undefined
    : {
        tone: 'bad',
        title: `${capital(plural(damages.length, 'block'))} on ${node}'s disk ${damages.length === 1 ? 'is' : 'are'} damaged`,
        words: `${node} has no vote until it is emptied. See to its disk. Then stop it and start it with --wipe. The next pass fills it from the others.`,
      };
}

function away({ silent }) {
  return silent.length === 0
    ? undefined
    : {
        tone: 'warn',
        title: `${list(silent)} ${silent.length === 1 ? 'does' : 'do'} not answer`,
        words: `Requests go on while a majority is there. The others note which keys ${silent.length === 1 ? 'it misses' : 'they miss'}, and send them on ${silent.length === 1 ? 'its' : 'their'} return. No slot is verified until then.`,
      };
}

function behind({ hints }) {
  const waiting = hints.filter((each) => each.waiting > 0 || each.overflowed);
  if (waiting.length === 0) {
    return undefined;
  }
  const overflowed = waiting.filter((each) => each.overflowed).map((each) => each.target);
  return {
    tone: 'warn',
    title: `${list(waiting.map((each) => each.target))} ${waiting.length === 1 ? 'is' : 'are'} catching up`,
    words:
      `${capital(list(waiting.map((each) => `${count(each.waiting)} keys of ${each.target}`)))} are on the way, and no client has to read them.` +
      (overflowed.length > 0
        ? ` ${list(overflowed)} missed more keys than hintsMax notes. The pass that runs repairs the others.`
        : ''),
  };
}

function blocked({ verified: { blocked: all } }) {
  return all.length === 0
    ? undefined
    : {
        tone: 'warn',
        title: `${list(all.map((each) => each.by))} ${all.length === 1 ? 'keeps' : 'keep'} slots from being verified`,
        words: `${capital(all.map((each) => `${each.by}: ${each.why}`).join('; '))}. Requests go on.`,
      };
}

function verified({ slots, never, agesS }, { number, running }) {
  if (number === 0) {
    return {
      tone: 'calm',
      title: 'The replicas were not compared yet',
      words: 'The first pass begins within a minute of the start.',
    };
  }
  if (never > 0) {
    return {
      tone: 'calm',
      title: `${capital(count(slots - never))} of ${count(slots)} slots are verified`,
      words: running
        ? 'A pass is on its way. A slot is verified at the end of a pass in which all replicas agreed on each of its keys.'
        : 'The next pass begins within a minute.',
    };
  }
  return {
    tone: 'good',
    title: 'All replicas agree',
    words: `They held the same for every key when they were last compared, which was at most ${duration(Math.max(...agesS) * 1000)} ago.`,
  };
}
