// Stretches a story so that it can be watched. Pure.

/** A thousand times slower: a millisecond takes a second. */
const PLAY_MS_PER_US = 1;
/** A step is never shorter than it takes to see, nor is a wait longer than anyone would watch. */
const GAP_MS_MIN = 1_300;
const GAP_MS_MAX = 3_200;
const READ_MS_PER_LETTER = 15;
const LAST_MS = 1_500;
/** Longest way of a message; what is left of its time it spends at the replica. */
const WAY_MS_MAX = 1_000;

/**
 * When each step happens on the stage, in milliseconds at speed 1, and the length of it all. Real time is kept in its
 * order and, within the bounds above, in its proportions.
 */
export function timeline(story, lettersOf) {
  const playAt = [0];
  for (let i = 1; i < story.steps.length; i++) {
    const realMs = (story.steps[i].atUs - story.steps[i - 1].atUs) * PLAY_MS_PER_US;
    const readMs = lettersOf(i - 1) * READ_MS_PER_LETTER;
    playAt.push(playAt[i - 1] + Math.max(GAP_MS_MIN, readMs, Math.min(GAP_MS_MAX, realMs)));
  }
  return { playAt, lengthMs: playAt[playAt.length - 1] + LAST_MS };
}

export function stepAt({ playAt }, positionMs) {
  let at = 0;
  while (at + 1 < playAt.length && playAt[at + 1] <= positionMs) {
    at++;
  }
  return at;
}

/**
 * Where a message is at a position: `out` or `back` with how much of the way is done (0 to 1), `there` while it
 * is at the replica, or undefined if it is not on its way. The moment when it reached the replica was not measured, so
 * it is made up.
 */
export function flight(message, { playAt }, positionMs) {
  const leaves = playAt[message.from];
  if (message.fate === 'unsent' || positionMs < leaves) {
    return undefined;
  }
  const arrives = message.to === undefined ? undefined : playAt[message.to];
  const wayMs = Math.min(WAY_MS_MAX, arrives === undefined ? WAY_MS_MAX : (arrives - leaves) / 2);
  if (positionMs < leaves + wayMs) {
    return { way: 'out', done: (positionMs - leaves) / wayMs };
  }
  if (arrives === undefined || positionMs < arrives - wayMs) {
    return { way: 'there', done: 1 };
  }
  return positionMs < arrives ? { way: 'back', done: 1 - (arrives - positionMs) / wayMs } : undefined;
}
