// The minutes before a page was opened, as the members kept them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { past } from '../../main/resources/console/js/past.js';
import { Presence } from '../../main/resources/console/js/presence.js';

const at = (ms) => new Date(ms).toISOString();
const sample = (ms, readsPerS, away = {}, readP99Ms = null) => ({ at: at(ms), rates: { readsPerS, readP99Ms }, away });
const body = (nowMs, ...samples) => ({ now: at(nowMs), samples });

test('the rates of all members are added, and of their times the worst counts', () => {
  const { samples } = past([body(2_000, sample(800, 3, {}, 5)), body(2_000, sample(800, 4, {}, 9))], [2_000, 2_000], 1_700);
  assert.deepEqual(samples.map(({ reads, readP99 }) => [reads, readP99]), [[7, 9]]);
});

test('samples have the time of the browser, whatever the clock of the member says', () => {
  const { samples } = past([body(91_000, sample(90_000, 1))], [11_000], 10_500);
  assert.deepEqual(samples.map((each) => each.at), [10]);
});

test('who was away is what the member says that reached most, and ends where the page hears by itself', () => {
  const reaching = body(4_000, sample(1_000, 1), sample(2_000, 1, { n3: 'down' }), sample(3_000, 1));
  const cutOff = body(4_000, sample(1_000, 0), sample(2_000, 0, { n1: 'silent', n2: 'silent' }), sample(3_000, 0));
  const { presence } = past([reaching, cutOff], [4_000, 4_000], 2_500);
  assert.deepEqual(presence.changes, [{ at: 2, label: 'n3 down', isLoss: true }]);
});

test('a node that went between the two is marked where the page first saw it', () => {
  const earlier = new Presence();
  earlier.note(1, [{ id: 'n3', state: 'up' }]);
  const own = new Presence();
  own.note(2, [{ id: 'n3', state: 'down' }]);
  own.note(3, [{ id: 'n3', state: 'up' }]);
  assert.deepEqual(
    own.after(earlier).map(({ at, label }) => `${at}: ${label}`),
    ['2: n3 down', '3: n3 up'],
  );
  assert.deepEqual(own.after(new Presence()).map(({ label }) => label), ['n3 up']);
});

test('of no member there is nothing', () => {
  assert.deepEqual(past([], [], 5_000).samples, []);
});
