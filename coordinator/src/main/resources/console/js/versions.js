// A version is timestamp.session.counter.step in hexadecimal; the upper 48 bits of the timestamp are milliseconds.

import { timeOfDay } from './format.js';

const COUNTER_BITS = 16n;

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
  const [timestamp, , , step] = fields(version);
  const time = timeOfDay(new Date(Number(timestamp >> COUNTER_BITS)));
  return step === 0n ? time : `${time}+${step}`;
}

function fields(version) {
  return version.split('.').map((field) => BigInt(`0x${field}`));
}
