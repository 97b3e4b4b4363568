// What the answer to a change means: whether it was applied, whether that is known, and what to do. Pure.

const DONE = [200, 201, 204];
/** Answers that a node gives when nothing was stored, and nothing will be. What to do then, if there is something. */
const NOTHING_ADVICE = {
  409: 'Other changes of this key kept coming in between. Send it again.',
  413: '',
  429: 'Send it again in a moment.',
  501: '',
  503: 'Nothing will be, either. Send it again when a majority is back.',
  507: '',
};

/** The node's own words say who was missing or refused, and why. */
function nothingWas(detail, advice = '') {
  const words = detail.includes('Nothing was applied') ? `${detail}.` : `${detail}. Nothing was applied.`;
  return `${words} ${advice}`.trim();
}

/**
 * @param answer of the member, or undefined if none came
 * @param detail what the member says, or why no answer came
 * @returns {{state, title, words}} `state` is done, lost (somebody was faster), nothing or unknown
 */
export function outcomeOf(answer, detail) {
  if (answer === undefined || answer.status === 504) {
    return {
      state: 'unknown',
      title: 'Unknown: it may have been applied, or may be yet',
      words: `${detail}. Read the key before you send it again.`,
    };
  }
  if (DONE.includes(answer.status)) {
    return { state: 'done', title: 'Done', words: '' };
  }
  if (answer.status === 412) {
    return {
      state: 'lost',
      title: 'Not applied: the key has changed since you read it',
      words: 'Somebody else was faster. Nothing was overwritten.',
    };
  }
  if (answer.status < 500 || answer.status in NOTHING_ADVICE) {
    return {
      state: 'nothing',
      title: answer.status === 503 ? 'Not applied: the request was refused' : 'Not applied',
      words: nothingWas(detail, NOTHING_ADVICE[answer.status]),
    };
  }
  return { state: 'unknown', title: 'Unknown: it may have been applied', words: `${detail}. Read the key.` };
}
