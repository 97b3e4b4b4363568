// What a linearizable read would do about the copies that the replicas hold. Pure.

import { capital, list, word } from './format.js';
import { newest } from './versions.js';

/** @param replicas as `/v1/keys/{key}/replicas` shows them */
export function verdict(replicas) {
  const n = replicas.length;
  const majority = Math.floor(n / 2) + 1;
  const answering = replicas.filter((replica) => replica.state !== 'no answer');
  const missing = replicas.filter((replica) => replica.state === 'no answer').map((replica) => replica.id);
  if (answering.length < majority) {
    return {
      tone: 'bad',
      title: 'A read would be refused',
      words: `${capital(word(majority))} of ${word(n)} replicas have to answer, and ${list(missing)} do not.`,
    };
  }
  const best = newest(answering.map((replica) => replica.version).filter(Boolean));
  if (best === undefined) {
    return {
      tone: 'calm',
      title: 'No replica has this key',
      words: `A read asks any ${word(majority)} and answers 404, in one round.`,
    };
  }
  const holders = answering.filter((replica) => replica.version === best).map((replica) => replica.id);
  const stale = answering.filter((replica) => replica.version !== best).map((replica) => replica.id);
  const absent =
    missing.length === 0
      ? ''
      : ` ${list(missing)} ${missing.length === 1 ? 'does' : 'do'} not answer; what ${missing.length === 1 ? 'it holds' : 'they hold'} is unknown.`;
  const judged = judge(majority, holders, stale, missing);
  return { ...judged, words: judged.words + absent };
}

function judge(majority, holders, stale, missing) {
  if (stale.length === 0) {
    return {
      tone: 'good',
      title: missing.length === 0 ? 'The replicas agree' : `${list(holders)} agree`,
      words: `A read ${missing.length === 0 ? 'through any majority ' : ''}finds the same version everywhere and answers in one round; there is nothing to repair.`,
    };
  }
  const behind = `${list(stale)} ${stale.length === 1 ? 'is' : 'are'} behind`;
  if (holders.length < majority) {
    return {
      tone: 'warn',
      title: `${list(holders)} alone ${holders.length === 1 ? 'has' : 'have'} the newest version`,
      words: `That is fewer than a majority: a write in progress, or one that its coordinator did not live to finish, or one at level one. A read that meets ${holders.join(' or ')} stores it back on a majority before it answers; a read that does not may still answer with the older one.`,
    };
  }
  return {
    tone: 'warn',
    title: behind,
    words: `A read through any majority finds the version of ${holders.join(' or ')}, since every majority includes one of them. If it meets ${list(stale)} on the way, it repairs ${stale.length === 1 ? 'it' : 'them'}.`,
  };
}
