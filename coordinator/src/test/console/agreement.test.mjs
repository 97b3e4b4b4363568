// What the console says of replicas that agree by themselves: node --test coordinator/src/test/console

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageName, agreement, deletes, slotWords } from '../../main/resources/console/js/agreement.js';
import { Told } from '../../main/resources/console/js/theatre/handoff.js';

const WELL = {
  silent: [],
  hints: [{ target: 'n3', waiting: 0, overflowed: false, keptBy: [] }],
  node: 'n1',
  pass: { number: 7, running: false },
  verified: { slots: 2, never: 0, agesS: [40, 61], blocked: [] },
  damages: [],
};
const waiting = (n, overflowed = false) => [{ target: 'n3', waiting: n, overflowed, keptBy: ['n1', 'n2'] }];

test('the worst that is known comes first', () => {
  const all = {
    ...WELL,
    damages: [{ file: 'f', offset: 1 }],
    silent: ['n2'],
    hints: waiting(5),
    verified: { ...WELL.verified, blocked: [{ by: 'n2', why: 'is not reachable' }] },
  };
  assert.match(agreement(all).title, /1 block on n1's disk is damaged/);
  assert.equal(agreement({ ...all, damages: [] }).title, 'n2 does not answer');
  assert.equal(agreement({ ...all, damages: [], silent: [] }).title, 'n3 is catching up');
  assert.equal(agreement({ ...all, damages: [], silent: [], hints: [] }).title, 'n2 keeps slots from being verified');
});

test('agreement says how old it is', () => {
  assert.deepEqual([agreement(WELL).tone, agreement(WELL).title], ['good', 'All replicas agree']);
  assert.match(agreement(WELL).words, /at most 1 min 1 s ago/);
});

test('what was never compared is no agreement', () => {
  const none = { ...WELL, pass: { number: 0, running: false } };
  assert.equal(agreement(none).tone, 'calm');
  const half = { ...WELL, verified: { ...WELL.verified, never: 1, agesS: [40, null] } };
  assert.equal(agreement(half).title, '1 of 2 slots are verified');
});

test('an overflow says who repairs the rest', () => {
  assert.match(agreement({ ...WELL, hints: waiting(0, true) }).words, /n3 missed more keys than hintsMax notes/);
});

test('ages have names, and never is one', () => {
  assert.deepEqual([0, 899, 900, 21_600, 129_600, null].map(ageName), [
    'minutes',
    'minutes',
    'hours',
    'day',
    'longer',
    'never',
  ]);
  assert.equal(slotWords(10, null), 'slot 0a: never verified');
});

test('deletes are forgotten, or it says what is in the way', () => {
  const on = { enabled: true, quietMs: 900_000, forgotten: 1_200, blocked: [] };
  assert.match(deletes({ enabled: false, forgotten: 0, tombstones: 7, blocked: [] }).words, /purgeQuietMs is 0.* 7 tombstones/);
  assert.match(deletes(on).words, /1,200 deleted keys are forgotten here.*after 15 min/);
  assert.doesNotMatch(deletes({ ...on, upTo: '2026-11-29T05:00:00Z', tombstones: 0 }).words, /after 15 min/);
  const blocked = { ...on, blocked: [{ by: 'n3', why: 'is not reachable' }], toDo: 'Bring back n3' };
  assert.equal(deletes(blocked).tone, 'warn');
  assert.match(deletes(blocked).words, /Deletes are kept: n3 is not reachable. Bring back n3/);
});

test('a hint is kept, sent, and for a while done', () => {
  const told = new Told();
  const phase = (up, nowMs) => told.rows(() => up, nowMs)[0]?.phase;
  told.hear(waiting(0), 0);
  assert.equal(phase(true, 0), undefined);
  told.hear(waiting(3), 1_000);
  assert.equal(phase(false, 1_000), 'kept');
  told.hear(waiting(2), 2_000);
  assert.equal(phase(true, 2_000), 'sent');
  told.hear(waiting(0), 3_000);
  assert.equal(phase(true, 3_000), 'done');
  assert.equal(told.rows(() => true, 3_000)[0].waiting, 3);
  assert.equal(phase(true, 20_000), undefined);
});
