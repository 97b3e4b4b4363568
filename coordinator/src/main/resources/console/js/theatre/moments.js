// What is known at one step of a story. Pure.

import { isNothing, newest } from '../versions.js';
import { YES } from './story.js';

/** How many of a round's acks are in when step `at` has happened. */
export function acksAt(story, round, at) {
  return round.had.length + round.messages.filter((each) => each.fate === 'counted' && each.to <= at).length;
}

export function roundAt(story, at) {
  for (let i = at; i >= 0; i--) {
    if (story.steps[i].kind === 'round') {
      return story.rounds[story.steps[i].round];
    }
  }
  return undefined;
}

/** Whether a round had its quorum when step `at` has happened. */
export function reachedAt(story, round, at) {
  return story.steps.some((step, i) => i <= at && step.kind === 'quorum' && step.round === round.index);
}

/**
 * What is known of a replica's copy when step `at` has happened: `unknown`, `nothing`, `old` or `newest` with the
 * version that it showed, or `stored` when it keeps what this request brought.
 */
export function copyAt(story, id, at) {
  let copy = { state: 'unknown' };
  for (const message of story.messages) {
    if (message.id !== id || message.to === undefined || message.to > at || !YES.includes(message.fate)) {
      continue;
    }
    if (['store', 'repair', 'spread', 'accept'].includes(message.role)) {
      copy = { state: 'stored', version: story.rounds[0].newest };
    } else if (message.version !== undefined) {
      copy = { state: shown(story, message, at), version: message.version };
    }
  }
  return copy;
}

/** Old is what someone has been seen to exceed by then, and not before. */
function shown(story, message, at) {
  const round = story.rounds[message.round];
  const seen = round.messages.filter((each) => each.to <= at && each.version !== undefined).map((each) => each.version);
  if (message.version !== newest(seen)) {
    return 'old';
  }
  return isNothing(message.version) ? 'nothing' : 'newest';
}
