// What the answer to a change means: whether it was applied, whether that is known, and what to do. Pure.

const DONE = [200, 201, 204];
/** Answers that a node gives when nothing was stored, and nothing will be. */
const NOTHING_WORDS = {
  409: 'Other changes of this key kept coming in between. Nothing was applied. Send it again.',
  413: 'The value is longer than this node takes. Nothing was applied.',
  429: 'Too much is in flight. Nothing was applied. Send it again.',
  503: 'No quorum answered. Nothing was applied, and nothing will be. Send it again when a majority is back.',
};

/** Some answers say so themselves. */
function nothingWas(detail) {
  return detail.includes('Nothing was applied') ? `${detail}.` : `${detail}. Nothing was applied.`;
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
  if (answer.status < 500 || answer.status in NOTHING_WORDS || answer.status === 501 || answer.status === 507) {
    return {
      state: 'nothing',
      title: 'Not applied',
      words: NOTHING_WORDS[answer.status] ?? nothingWas(detail),
    };
  }
  return { state: 'unknown', title: 'Unknown: it may have been applied', words: `${detail}. Read the key.` };
}
