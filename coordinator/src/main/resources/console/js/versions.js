// A version is timestamp.session.counter.step in hexadecimal; the upper 48 bits of the timestamp are milliseconds.

import { timeOfDay } from './format.js';

const COUNTER_BITS = 16n;
const COUNTER_MASK = (1n << COUNTER_BITS) - 1n;

export function compare(a, b) {
  const left = fields(a);
  const right = fields(b);
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== right[i]) {
      return left[i] < right[i] ? -1 : 1;
    }
  }
  return 0;
}

/** The newest of some versions; undefined of none. */
export function newest(versions) {
  return versions.reduce((best, each) => (best === undefined || compare(each, best) > 0 ? each : best), undefined);
}

export function isNothing(version) {
  return version === undefined || fields(version)[0] === 0n;
}

/** What people can tell versions apart by: when they were written, and how many conditional writes came upon them. */
export function versionName(version) {
  if (isNothing(version)) {
    return 'nothing';
  }
  return withStep(version, timeOfDay(writtenAt(version)));
}

function withStep(version, time) {
  const step = fields(version)[3];
  return step === 0n ? time : `${time}+${step}`;
}

/** When a version was written, to the second, with the day if that is not today. */
export function versionWhen(version, now = new Date()) {
  if (isNothing(version)) {
    return 'nothing';
  }
  const date = writtenAt(version);
  const time = timeOfDay(date).slice(0, 'hh:mm:ss'.length);
  return date.toDateString() === now.toDateString() ? time : `${day(date)} ${time}`;
}

/** A name for each of some versions: when it was written, and as much more as tells them apart. */
export function versionNames(versions, now = new Date()) {
  const all = [...new Set(versions)];
  const moment = (version) => `${versionWhen(version, now)}${timeOfDay(writtenAt(version)).slice('hh:mm:ss'.length)}`;
  const ways = [
    (version) => withStep(version, moment(version)),
    (version) => `${withStep(version, moment(version))} #${fields(version)[0] & COUNTER_MASK}`,
    (version) => `${moment(version)} ${version}`,
  ];
  const way = ways.find((name) => new Set(all.map(name)).size === all.length);
  return new Map(all.map((version) => [version, isNothing(version) ? 'nothing' : way(version)]));
}

/** How many milliseconds one version was written after another. */
export function msBetween(older, newer) {
  return writtenAt(newer) - writtenAt(older);
}

function writtenAt(version) {
  return new Date(Number(fields(version)[0] >> COUNTER_BITS));
}

function day(date) {
  const two = (value) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function fields(version) {
  return version.split('.').map((field) => BigInt(`0x${field}`));
}
