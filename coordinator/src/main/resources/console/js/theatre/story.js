// A request as a story: its messages with their fate, and its steps in the order in which they happened. Pure.

import { isNothing, newest } from '../versions.js';

/** What an answer that came from a replica says besides "ok". */
const NO = /^(rejected|preempted|kept)/;
const NEVER_LEFT = 'unreachable';
const BROKEN = 'connection lost';
const OPEN = 'no answer yet';
/** Rounds that wait for replicas that came back. */
const ASKED = ['query', 'scan'];
/** Fates of who did what it was asked. */
export const YES = ['counted', 'waited', 'late'];

/** Steps at the same instant stand in this order. */
const RANK = { ask: 0, round: 1, another: 2, answer: 3, quorum: 4, missed: 5, late: 6, outcome: 7, silent: 8, end: 9 };
/** A round's messages leave within this; what leaves later does so for a reason. */
const TOGETHER_US = 1_000;

/**
 * @param request as `/v1/events` tells it
 * @param ids all members, in their order
 * @returns {{request, ids, coordinator, rounds, messages, steps, missing}} times in microseconds since the request's start
 *
 * A message's `fate` is one of
 *   counted      it answered, and the quorum counts it
 *   waited       it answered after the quorum, and before the request went on: a replica that came back is waited for
 *   late         it answered when the request had gone on
 *   no           it answered that it would not
 *   lost         the connection broke: it may have done what it was asked
 *   unsent       the message never left
 *   silent       nothing was heard of it for as long as anyone listened
 */
export function story(request, ids) {
  const evidence = request.evidence;
  const everyone = members(evidence, ids);
  const rounds = evidence.rounds.map((round, index) => readRound(request, round, index));
  const messages = rounds.flatMap((round) => round.messages);
  const whole = { request, ids: everyone, coordinator: evidence.coordinator, n: evidence.n, rounds, messages };
  whole.unreachable = everyone.filter((id) => evidence.unreachable?.includes(id));
  whole.behind = everyone.filter((id) => isRepairedBehind(whole, id));
  whole.missing = everyone.filter((id) => !isUpToDate(whole, id));
  whole.steps = steps(whole);
  messages.forEach((message) => place(message, whole.steps));
  return whole;
}

/** The stage before the first request: everybody is there, and nothing is on its way. */
export function stillness(ids, coordinator) {
  const quorum = Math.floor(ids.length / 2) + 1;
  return {
    request: { kind: 'nothing', evidence: { quorum, repaired: [] } },
    ids,
    coordinator,
    n: ids.length,
    rounds: [],
    messages: [],
    unreachable: [],
    behind: [],
    missing: [],
    steps: [{ kind: 'still', atUs: 0 }],
  };
}

function members(evidence, ids) {
  const asked = evidence.rounds.flatMap((round) => round.replicas.map((replica) => replica.id));
  return [...new Set([...ids, ...asked, ...(evidence.unreachable ?? []), evidence.coordinator])].filter(
    (id) => ids.includes(id) || asked.includes(id) || evidence.unreachable?.includes(id),
  );
}

function readRound(request, round, index) {
  const role = roleOf(request, round);
  const required = round.required ?? request.evidence.quorum;
  const had = role === 'repair' ? holders(round, request.evidence.rounds[index - 1]) : [];
  const acks = round.replicas.filter((each) => each.answer === 'ok').sort((a, b) => a.answeredUs - b.answeredUs);
  const decidedUs = round.decidedUs ?? acks[required - had.length - 1]?.answeredUs;
  const goneOnUs = startUs(request.evidence.rounds[index + 1]) ?? request.elapsedUs;
  const messages = round.replicas.map((each) => ({
    ...each,
    round: index,
    role,
    fate: fate(each, decidedUs, ASKED.includes(round.phase) ? goneOnUs : decidedUs),
  }));
  acks.forEach((ack, i) => {
    const message = messages.find((each) => each.id === ack.id);
    message.nth = message.fate === 'counted' ? had.length + i + 1 : undefined;
  });
  return {
    index,
    role,
    phase: round.phase,
    required,
    had,
    decidedUs,
    messages,
    newest: newest(acks.map((ack) => ack.version).filter(Boolean)),
    startUs: startUs(round),
  };
}

function startUs(round) {
  return round?.replicas.length > 0 ? Math.min(...round.replicas.map((each) => each.sentUs)) : undefined;
}

function roleOf(request, round) {
  if (round.phase !== 'store') {
    return round.phase;
  }
  if (request.kind === 'write') {
    return 'store';
  }
  return request.kind === 'conditional write' ? 'spread' : 'repair';
}

/** Who had what is stored back, and counts without being asked: seen in the round before. */
function holders(round, before) {
  if (before?.phase !== 'query') {
    return [];
  }
  const answers = before.replicas.filter((each) => each.answer === 'ok' && each.version !== undefined);
  const best = newest(answers.map((each) => each.version));
  return answers
    .filter((each) => each.version === best && !round.replicas.some((asked) => asked.id === each.id))
    .map((each) => each.id);
}

function fate(exchange, decidedUs, goneOnUs) {
  if (exchange.answer === NEVER_LEFT) {
    return 'unsent';
  }
  if (exchange.answer === BROKEN) {
    return 'lost';
  }
  if (exchange.answer === OPEN || exchange.answeredUs === undefined) {
    return 'silent';
  }
  if (NO.test(exchange.answer)) {
    return 'no';
  }
  if (decidedUs === undefined || exchange.answeredUs > goneOnUs) {
    return 'late';
  }
  return exchange.answeredUs <= decidedUs ? 'counted' : 'waited';
}

/** A read sends what it found to whoever turned out to be stale without having been needed, and answers meanwhile. */
function isRepairedBehind({ request, rounds }, id) {
  const [query] = rounds;
  const version = query?.messages.find((each) => each.id === id)?.version;
  return (
    request.kind === 'read' &&
    request.outcome === 'read' &&
    rounds.length === 1 &&
    version !== undefined &&
    version !== query.newest
  );
}

/** Whose word the outcome rests on: those of the last round that was waited for. */
export function ackedBy(whole) {
  return saidYes(whole, ['counted', 'waited']);
}

/** Who said the same afterwards. */
export function ackedLate(whole) {
  return saidYes(whole, ['late']);
}

function saidYes({ ids, rounds }, fates) {
  const last = rounds.findLast((each) => each.role !== 'spread');
  const had = fates.includes('counted') ? (last?.had ?? []) : [];
  return ids.filter(
    (id) => had.includes(id) || last?.messages.some((each) => each.id === id && fates.includes(each.fate)),
  );
}

/** Whether the request leaves a replica with the newest version, as far as its messages show. */
function isUpToDate({ request, rounds, messages }, id) {
  const stored = messages.some(
    (each) => each.id === id && ['store', 'repair', 'accept', 'spread'].includes(each.role) && YES.includes(each.fate),
  );
  if (stored || request.outcome === 'refused' || request.kind === 'survey' || request.kind === 'scan') {
    return true;
  }
  if (request.kind !== 'read') {
    return request.outcome !== 'applied';
  }
  const query = rounds[0];
  const shown = query?.messages.find((each) => each.id === id)?.version;
  return shown !== undefined && (shown === query.newest || isNothing(query.newest));
}

function steps(whole) {
  const all = [{ kind: 'ask', atUs: 0 }];
  whole.rounds.forEach((round) => all.push(...roundSteps(round)));
  all.push({ kind: 'outcome', atUs: whole.request.elapsedUs });
  const lastUs = Math.max(...all.map((step) => step.atUs));
  silent(whole).forEach((id) => all.push({ kind: 'silent', atUs: lastUs, id }));
  all.push({ kind: 'end', atUs: lastUs });
  const round = (step) => step.round ?? whole.rounds.length;
  return all.sort((a, b) => a.atUs - b.atUs || roundOrder(a, b, round) || RANK[a.kind] - RANK[b.kind]);
}

function roundOrder(a, b, round) {
  return a.kind === 'ask' || b.kind === 'ask' ? RANK[a.kind] - RANK[b.kind] : round(a) - round(b);
}

function roundSteps(round) {
  const beginUs = round.startUs ?? 0;
  const found = [{ kind: 'round', atUs: beginUs, round: round.index }];
  for (const message of round.messages) {
    if (message.sentUs > beginUs + TOGETHER_US) {
      found.push({ kind: 'another', atUs: message.sentUs, round: round.index, id: message.id });
    }
    if (message.fate === 'unsent' || message.fate === 'silent') {
      continue;
    }
    const kind = message.fate === 'late' && round.decidedUs !== undefined ? 'late' : 'answer';
    found.push({ kind, atUs: message.answeredUs, round: round.index, id: message.id, message });
  }
  if (round.decidedUs !== undefined) {
    found.push({ kind: 'quorum', atUs: round.decidedUs, round: round.index });
  } else {
    found.push({ kind: 'missed', atUs: Math.max(beginUs, ...found.map((step) => step.atUs)), round: round.index });
  }
  return found;
}

function silent({ messages, ids }) {
  return ids.filter((id) => messages.some((each) => each.id === id && each.fate === 'silent'));
}

/** Between which steps a message is on its way. */
function place(message, all) {
  message.from = all.findIndex((step) => step.kind === 'round' && step.round === message.round);
  const another = all.findIndex(
    (step) => step.kind === 'another' && step.round === message.round && step.id === message.id,
  );
  message.from = Math.max(message.from, another);
  const to = all.findIndex((step) => step.message === message);
  message.to = to < 0 ? undefined : to;
}
