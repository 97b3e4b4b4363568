// What the members kept of the minutes in which this page heard nothing, put together as it would have heard it. Pure.

import { Presence } from './presence.js';
import { shedTogether } from './shedding.js';

const STEP_MS = 1_000;
/** How much of the past a chart shows. */
export const SHOWN_MS = 600_000;
/** A member takes a sample about once a second. An older one is of another second. */
const SAMPLE_AGE_MS_MAX = 1_500;
/** Of two samples that are farther apart, at least one between them is missing. */
const GAP_S = 2.5;
/** A sample that is so near to another one is of the same second. */
const SAME_S = 0.5;

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
 * What one member kept. Its answer has fewer minutes than a chart shows, so that what it said before goes on in it.
 *
 * @param before what this returned for the member, or nothing yet: []
 * @param body of `/v1/history`; @param heardMs when it came, by this browser's clock, whose time the result has
 * @returns its samples, the oldest first
 */
export function continued(before, body, heardMs) {
  const newer = ownTime(body, heardMs);
  const beginMs = newer[0]?.atMs ?? heardMs;
  return [...before.filter(({ atMs }) => atMs < beginMs && heardMs - atMs < SHOWN_MS), ...newer];
}

/**
 * @param told what each member kept, as `continued` returns it
 * @param endMs up to when
 * @returns {{samples, presence}} a sample a second, and who was there
 */
export function past(told, endMs) {
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

/**
 * The samples that the page heard, and where it heard none those that the members kept.
 *
 * @param kept those of the members, the oldest first; @param heard those of the page, the oldest first
 * @returns the oldest first. Where nothing is known there is one without values, since a chart joins its neighbours
 */
export function joined(kept, heard) {
  const samples = [...kept.filter(({ at }) => isUnheard(heard, at)), ...heard].sort((a, b) => a.at - b.at);
  return samples.flatMap((sample, i) =>
    i > 0 && isGap(samples[i - 1].at, sample.at) ? [nothing(samples[i - 1].at + STEP_MS / 1000), sample] : [sample],
  );
}

/** Whether an instant lies before the first sample that the page heard, behind the last one, or in a gap. */
export function isUnheard(heard, at) {
  if (heard.some((sample) => Math.abs(sample.at - at) <= SAME_S)) {
    return false;
  }
  const next = heard.findIndex((sample) => sample.at > at);
  return next <= 0 || isGap(heard[next - 1].at, heard[next].at);
}

export const isGap = (beforeS, afterS) => afterS - beforeS > GAP_S;

const NO_VALUES = Object.fromEntries(Object.keys(together([])).map((name) => [name, null]));
const nothing = (at) => ({ ...NO_VALUES, at });

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
