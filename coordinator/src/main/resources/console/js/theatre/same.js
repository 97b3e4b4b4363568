// A request of this page is shown by its answer and by an event, which knows of late answers too. Either may be first.

import { keyIdentity } from '../keys.js';

/** An answer and an event have no id in common; the times of one request's first round do not occur in another. */
export function isSame(answer, event) {
  return (
    answer.node === event.node &&
    answer.kind === event.kind &&
    keyIdentity(answer) === keyIdentity(event) &&
    firstTimes(answer) === firstTimes(event)
  );
}

/** The event of what an answer tells of, if it was heard before the answer: it has more to tell. */
export function eventOf(answer, heard) {
  return heard.find((event) => isSame(answer, event));
}

function firstTimes({ evidence: { rounds } }) {
  return JSON.stringify([rounds[0]?.decidedUs, rounds[0]?.replicas.map(({ id, sentUs }) => [id, sentUs])]);
}
