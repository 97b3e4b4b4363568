// Each step of a story in plain words. The same sentence is the caption on the stage and what a screen reader says. Pure.

import { capital, list, micros, plural, word } from '../format.js';
import { keyText } from '../keys.js';
import { isNothing, versionName } from '../versions.js';
import { acksAt } from './moments.js';
import { closing, outcome } from './outcomes.js';

/** One for each role of a round: the phases of the API, and what a `store` is for. */
export const ROUND_TITLES = {
  query: 'Ask a majority what they have',
  store: 'Store on all; a majority suffices',
  repair: 'Repair before answering',
  spread: 'Spread what was decided',
  prepare: 'Ask a majority for a promise',
  accept: 'Ask a majority to accept',
  accept_refusal: 'Ask a majority to accept the refusal',
  request_status: 'Ask a majority about the request',
  scan: 'Ask a majority for their keys',
  survey: 'Ask everyone, change nothing',
};

/** @returns {{title, text}} of step `at` */
export function sentence(story, at) {
  const step = story.steps[at];
  return SENTENCES[step.kind](story, step, at);
}

export function roundTitle(round, n) {
  if (round.role === 'store') {
    return round.required === n
      ? 'Store on all; all must answer'
      : `Store on all; ${word(round.required)} ${round.required === 1 ? 'suffices' : 'suffice'}`;
  }
  if (round.role === 'query' && round.required === n && n > 1) {
    return 'Ask every replica what it has';
  }
  return round.required === 1 && round.role === 'query' ? 'Ask the nearest what it has' : ROUND_TITLES[round.role];
}

/** "2 of 2", or what else the count of a round is. */
export function countText(round, acks) {
  return `${acks} of ${round.required}`;
}

const SENTENCES = {
  still: ({ request, n }) => ({
    title: 'Nothing is on its way',
    text:
      `These are the ${word(n)} replicas as they are now. Send a request, or begin the tour: it plays here, message by ` +
      `message. ${capital(word(request.evidence.quorum))} of ${word(n)} answers suffice.`,
  }),
  ask: ({ request, coordinator, n }) => ({
    title: 'A request arrives',
    text:
      `A client asks ${coordinator} to ${wish(request)}. So ${coordinator} coordinates this request. There is no leader: ` +
      `any of the ${word(n)} nodes could have done it.`,
  }),
  round: (story, step) => {
    const round = story.rounds[step.round];
    return {
      title: `Round ${step.round + 1}: ${roundTitle(round, story.n)}`,
      text: `${purpose(story, round)} ${asked(story, round)}`.trim(),
    };
  },
  another: (story, step) => another(story, step),
  answer: (story, step, at) => answer(story, step, at),
  quorum: (story, step) => {
    const round = story.rounds[step.round];
    return { title: quorumTitle(story, round), text: quorum(story, round) };
  },
  missed: (story, step) => {
    const round = story.rounds[step.round];
    const got = acksAt(story, round, story.steps.length);
    return {
      title: `No quorum: ${countText(round, got)}`,
      text: `${plural(round.required, 'answer is', 'answers are')} needed and ${got === 0 ? 'none counts' : `only ${word(got)} ${got === 1 ? 'counts' : 'count'}`}. ${absent(story, round)}`,
    };
  },
  late: (story, step) => ({
    title: `${step.id} answers round ${step.round + 1}, late`,
    text: `It took ${micros(step.message.answeredUs - step.message.sentUs)}; the decision had been made, and no answer waited for it. ${lateWorth(story, step.message)}`.trim(),
  }),
  outcome: (story) => outcome(story),
  silent: (story, step) => ({
    title: `${step.id} stays silent`,
    text:
      `${step.id} was asked and did not answer while this request was watched. It may be paused, cut off or dead. From outside these look ` +
      `the same. ${story.request.outcome === 'unknown' || story.request.outcome === 'refused' ? '' : 'The client has had its answer long ago.'}`.trim(),
  }),
  end: (story) => closing(story),
};

function wish(request) {
  const key = `\u201c${keyText(request)}\u201d`;
  switch (request.kind) {
    case 'read':
      return `read ${key}`;
    case 'write':
      return `write ${key}`;
    case 'conditional write':
      return `write ${key}, but only if it still is as the client expects (compare-and-set)`;
    case 'scan':
      return 'list the keys of a range';
    default:
      return request.evidence.rounds.some((round) => round.phase === 'request_status')
        ? `say what became of an earlier request on ${key}`
        : `show what each replica holds of ${key}`;
  }
}

function purpose({ request, n, coordinator }, round) {
  switch (round.role) {
    case 'query':
      if (request.kind === 'conditional write') {
        return `Other conditional writes of this key were before it. So ${coordinator} looks what the key is now: if it is no longer as the client expects, the write is refused without a fight.`;
      }
      return request.kind === 'read'
        ? readPurpose(round, n)
        : `Before it stores, ${coordinator} learns the newest version, so that the new one is above every version that a client has an answer for.`;
    case 'store':
      return `Everyone reachable gets the new version at once, but ${coordinator} waits for ${round.required === n ? 'every one of them' : `${word(round.required)} of the ${word(n)} only`}: each forces it to disk before it answers.`;
    case 'repair':
      return 'The newest version is stored on the replicas that lack it, and only then does the client get it. So no later read can miss what this one shows.';
    case 'prepare':
      return 'A conditional write must not overwrite a version that it did not see. So a majority promises to accept nothing older than this attempt, and shows its versions.';
    case 'accept':
      return 'The condition holds. When a majority accepts the new value under this attempt, it is chosen, for good.';
    case 'accept_refusal':
      return 'The condition does not hold. A majority accepts the refusal and remembers it with the request, so that every repetition is refused too.';
    case 'request_status':
      return 'Replicas remember the requests on their keys for a while. A majority shows what it remembers of this one. Nothing is changed.';
    case 'spread':
      return 'The chosen value is stored on all.';
    case 'scan':
      return 'A majority shows its part of the range. The newest version of each key wins.';
    default:
      return 'Each replica shows its own copy. Nothing is merged, and nothing is repaired.';
  }
}

function readPurpose(round, n) {
  if (round.required === 1 && n > 1) {
    return 'At level one the nearest replica is asked, and believed.';
  }
  return round.required === n
    ? 'At level all every replica has to answer.'
    : `No replica alone can know the newest version: it may have missed a write. Any ${word(round.required)} of the ${word(n)} together do know.`;
}

function asked(story, round) {
  const ids = firstAsked(story, round);
  const self = ids.includes(story.coordinator) ? ', itself among them' : '';
  const others = story.ids.filter((id) => !ids.includes(id) && !round.had.includes(id));
  const out = others.filter((id) => story.unreachable.includes(id));
  const spare = others.filter((id) => !story.unreachable.includes(id));
  const told1 = [
    ids.length === 0
      ? 'Too few replicas can be reached, so none is asked.'
      : `It ${['store', 'repair', 'spread'].includes(round.role) ? 'sends to' : 'asks'} ${list(ids)}${ids.length > 1 ? self : ''}.`,
  ];
  if (round.had.length > 0) {
    told1.push(
      `${list(round.had)} ${round.had.length === 1 ? 'has it already and counts' : 'have it already and count'}.`,
    );
  }
  if (out.length > 0) {
    told1.push(`${list(out)} cannot be reached and ${out.length === 1 ? 'is' : 'are'} left out.`);
  }
  if (spare.length > 0 && ids.length > 0 && round.role !== 'repair') {
    told1.push(`${list(spare)} ${spare.length === 1 ? 'is' : 'are'} not needed, and not asked.`);
  }
  return told1.filter(Boolean).join(' ');
}

/** Without those that were asked later, for a reason. */
function firstAsked(story, round) {
  const later = story.steps
    .filter((step) => step.kind === 'another' && step.round === round.index)
    .map((step) => step.id);
  return round.messages.map((each) => each.id).filter((id) => !later.includes(id));
}

function another(story, step) {
  const round = story.rounds[step.round];
  const sentUs = round.messages.find((each) => each.id === step.id).sentUs;
  const failed = round.messages
    .filter((each) => ['no', 'lost', 'unsent'].includes(each.fate) && each.answeredUs <= sentUs)
    .map((each) => each.id);
  const slow = round.messages
    .filter((each) => each.sentUs < sentUs && !(each.answeredUs <= sentUs))
    .map((each) => each.id);
  const why =
    failed.length > 0
      ? `In the place of ${list(failed)}`
      : slow.length > 0
        ? `${list(slow)} ${slow.length === 1 ? 'takes' : 'take'} longer than usual. Rather than wait`
        : 'To be sure';
  return {
    title: `${story.coordinator} asks ${step.id} as well`,
    text: `${why}, ${story.coordinator} asks ${step.id} too. Any ${plural(round.required, 'replica makes', 'replicas make')} a quorum.`,
  };
}

function answer(story, step, at) {
  const { message } = step;
  const round = story.rounds[step.round];
  const after = micros(message.answeredUs - message.sentUs);
  if (message.fate === 'lost') {
    return {
      title: `${step.id} is lost`,
      text: `The connection to ${step.id} broke after the message had left. It is unknown whether ${step.id} carried out the request.`,
    };
  }
  if (message.fate === 'no') {
    return {
      title: `${step.id} says no`,
      text: `${step.id} answers after ${after}: ${message.answer}. That does not count.`,
    };
  }
  const count = countText(round, acksAt(story, round, at));
  if (message.fate === 'waited') {
    return {
      title: `${step.id} was waited for`,
      text:
        `${step.id} answers after ${after}: ${content(story, round, message, at)}. It was not needed for the quorum. But it came back a short while ago, ` +
        `and has probably missed writes, so ${story.coordinator} waited a moment for it.`,
    };
  }
  if (message.fate !== 'counted') {
    return { title: `${step.id} answers`, text: `${step.id} answers after ${after}, but too few others do.` };
  }
  return {
    title: `${step.id} answers: ${count}`,
    text: `${step.id} answers after ${after}: ${content(story, round, message, at)}. That makes ${count}.`,
  };
}

function content(story, round, message, at) {
  switch (round.role) {
    case 'store':
    case 'spread':
      return 'the new version is on its disk';
    case 'repair':
      return 'the write that it missed is now on its disk';
    case 'accept':
      return 'accepted, and on its disk';
    case 'prepare':
      return `promised${message.version === undefined ? '' : `; ${holding(round, message, at)}`}`;
    case 'accept_refusal':
      return 'the refusal is accepted, and on its disk';
    case 'request_status':
      return 'here is what I remember of the request';
    case 'scan':
      return 'here is my part of the range';
    default:
      return message.version === undefined ? 'done' : holding(round, message, at);
  }
}

function holding(round, message, at) {
  if (isNothing(message.version)) {
    return 'it never had this key';
  }
  const name = versionName(message.version);
  const seen = round.messages.filter((each) => each !== message && each.to <= at && each.version !== undefined);
  if (seen.some((each) => each.version !== message.version && round.newest !== message.version)) {
    return `it holds the version of ${name}, which is older. It missed a write`;
  }
  return `it holds the version of ${name}`;
}

function quorumTitle({ n }, round) {
  if (round.required === 1 && n > 1) {
    return 'One answer is all this level asks';
  }
  return `${round.role === 'repair' ? 'Repaired' : 'Quorum'}: ${countText(round, round.required)}`;
}

function quorum({ n, request, coordinator }, round) {
  const majority = round.required * 2 > n;
  switch (round.role) {
    case 'query':
      if (!majority) {
        return 'One replica has shown its own copy. Another one may have a newer version, and was not asked.';
      }
      if (round.required === n) {
        return n === 1
          ? 'There is one replica only, and it has answered.'
          : 'All have answered. Every version that a client has an answer for is among these answers.';
      }
      return `${overlap(round, n)}. So the newest acknowledged version is among these answers. That is why ${word(round.required)} of ${word(n)} suffice.`;
    case 'store':
      return majority
        ? `${capital(word(round.required))} disks hold the new version. ${round.required === n ? 'Every read, also of one replica alone, will find it.' : `Any later majority includes at least one of them, so every later read will find it. ${coordinator} need not wait for the rest.`}`
        : 'One disk holds it. A later read may ask another replica, and miss it.';
    case 'repair':
      return `Now enough replicas hold it. ${request.kind === 'read' ? 'The answer can be given, and can never be taken back.' : ''}`.trim();
    case 'prepare':
      return 'A majority has promised. An older attempt can no longer succeed, because it would need one of these replicas.';
    case 'accept':
      return 'A majority has accepted, so the new value is chosen. Every later request asks at least one of these replicas, and finds it.';
    case 'accept_refusal':
      return 'A majority has accepted the refusal: it is final. Each repetition of the request meets at least one of these, and is refused too.';
    case 'request_status':
      return 'Enough have answered. Had the request been accepted by a majority, at least one of these would remember it.';
    default:
      return 'Enough have answered.';
  }
}

function overlap(round, n) {
  const common = 2 * round.required - n;
  return `Every acknowledged write was stored by a majority too, and two majorities of ${word(n)} share at least ${common === 1 ? 'one node' : `${word(common)} nodes`}`;
}

function absent(story, round) {
  const ids = story.ids.filter(
    (id) => story.unreachable.includes(id) || round.messages.some((each) => each.id === id && each.fate !== 'counted'),
  );
  return ids.length === 0 ? '' : `Missing: ${list(ids)}.`;
}

function lateWorth(story, message) {
  if (message.role === 'store' || message.role === 'accept' || message.role === 'spread') {
    return 'Still, it has the new version now: one more copy.';
  }
  if (
    message.role === 'query' &&
    story.request.kind === 'read' &&
    story.rounds[message.round].newest !== message.version &&
    message.version !== undefined
  ) {
    return 'It holds an older version, and is repaired behind the answer.';
  }
  return '';
}
