// What the headline says: what a cluster can bear, and whether its requests fail.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standing } from '../../main/resources/console/js/standing.js';

const NOW = 10_000;
const told = [{ at: NOW, view: { coordinator: 'n1', hasQuorum: true, canLose: 1 } }];
const tone = (outcome, reason) => standing(told, [{ node: 'n1', outcome, reason, cameAt: NOW }], NOW).tone;

test('the headline is red as soon as a request fails', () => {
  assert.equal(tone('refused', 'no quorum'), 'bad');
  assert.equal(tone('refused', 'disk full'), 'bad');
  assert.equal(tone('refused', 'defect'), 'bad');
  assert.equal(tone('unknown'), 'bad');
});

test('a refusal that is a matter of its client or of one key says nothing about the cluster', () => {
  assert.equal(tone('refused', 'key reused'), 'good');
  assert.equal(tone('refused', 'contention'), 'good');
  assert.equal(tone('condition failed'), 'good');
});
