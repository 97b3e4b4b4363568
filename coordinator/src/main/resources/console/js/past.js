// What the members kept of the minutes before this page was opened, put together as the page would have heard it. Pure.

import { Presence } from './presence.js';
import { shedTogether } from './shedding.js';

const STEP_MS = 1_000;
/** A member takes a sample about once a second. An older one is of another second. */
const SAMPLE_AGE_MS_MAX = 1_500;

/** The rates of all coordinators together; of times the worst, since quantiles cannot be added. */
export function together(rates) {
  const sum = (name) => rates.reduce((total, each) => total + (each[name] ?? 0), 0);
  const worst = (name) =>
    rates
      .map((each) => each[name])
      .filter((value) => typeof value === 'number')
      .reduce((most, value) => Math.max(most ?? 0, value), null);
  const shedBy = shedTogether(rates.flatMap((each) => each.shed ?? []));
  return {
    shedBy,
    shed: shedBy.reduce((total, { perS }) => total + perS, 0),
    reads: sum('readsPerS'),
    writes: sum('writesPerS'),
    failed: sum('failedPerS'),
    readP50: worst('readP50Ms'),
    readP99: worst('readP99Ms'),
    writeP50: worst('writeP50Ms'),
    writeP99: worst('writeP99Ms'),
  };
}

/**
 * @param bodies of `/v1/history`, one of each member that answered
 * @param heard when each body came, by this browser's clock, whose time the result has
 * @param endMs when the page began to hear by itself
 * @returns {{samples, presence}} a sample a second, and who was there
 */
export function past(bodies, heard, endMs) {
  const told = bodies.map((body, i) => ownTime(body, heard[i]));
  const all = told.flat();
  const presence = new Presence();
  const samples = [];
  if (all.length === 0) {
    return { samples, presence };
  }
  const ids = new Set(all.flatMap(({ away }) => Object.keys(away)));
  const next = told.map(() => 0);
  for (let atMs = Math.min(...all.map((each) => each.atMs)); atMs < endMs; atMs += STEP_MS) {
    const now = told.map((each, i) => latest(each, next, i, atMs)).filter(Boolean);
    if (now.length > 0) {
      samples.push({ at: atMs / 1000, ...together(now.map(({ rates }) => rates)) });
      const { away } = now.reduce((best, each) => (size(each.away) < size(best.away) ? each : best));
      presence.note(atMs / 1000, [...ids].map((id) => ({ id, state: away[id] ?? 'up' })));
    }
  }
  return { samples, presence };
}

/** The clocks of members and of the browser differ: only how long ago something was is the same. */
function ownTime({ now, samples }, heardMs) {
  const behindMs = heardMs - Date.parse(now);
  return samples.map(({ at, rates, away }) => ({ atMs: Date.parse(at) + behindMs, rates, away }));
}

/** The latest sample of a member at an instant; undefined if it has none of that second. */
function latest(samples, next, i, atMs) {
  while (next[i] < samples.length && samples[next[i]].atMs <= atMs) {
    next[i]++;
  }
  const sample = samples[next[i] - 1];
  return sample && atMs - sample.atMs < SAMPLE_AGE_MS_MAX ? sample : undefined;
}

const size = (away) => Object.keys(away).length;
