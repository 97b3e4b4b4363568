// When the cluster refused requests since there were too many, from the samples of its members.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from '../../main/resources/console/js/past.js';
import { episodes, words } from '../../main/resources/console/js/shedding.js';

const line = (of, reason, perS) => ({ class: of, reason, perS });

test('what several members refused is added by class and reason', () => {
  const { shed, shedBy } = together([
    { shed: [line('bulk', 'class', 3), line('read', 'late', 1)] },
    { shed: [line('bulk', 'class', 4)] },
    {},
  ]);
  assert.equal(shed, 8);
  assert.deepEqual(shedBy, [line('bulk', 'class', 7), line('read', 'late', 1)]);
});

test('refusals that belong together are one episode, and the latest comes first', () => {
  const found = episodes([
    { at: 1, shedBy: [line('bulk', 'class', 2)] },
    { at: 2, shedBy: [] },
    { at: 3, shedBy: [line('bulk', 'class', 2), line('write', 'late', 0.5)] },
    { at: 20, shedBy: [line('read', 'late', 1)] },
  ]);
  assert.deepEqual(found.map(({ beginS, endS }) => [beginS, endS]), [[20, 20], [1, 3]]);
  assert.equal(words(found[1]), '4 scans and batches gave way to a higher class and 1 writes waited too long');
});

test('without refusals, and from a member that does not count them, there is none', () => {
  assert.deepEqual(episodes([{ at: 1, shedBy: [] }, { at: 2 }]), []);
});
