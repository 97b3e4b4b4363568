// When a member that did not know the user is asked again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Strangers } from '../../main/resources/console/js/strangers.js';

function strangersAt(clock) {
  return new Strangers(() => clock.now);
}

test('a stranger is asked again soon, since a new token takes seconds to arrive', () => {
  const clock = { now: 50 };
  const strangers = strangersAt(clock);
  strangers.add('n2');
  assert.ok(strangers.isLeftAlone('n2'));
  assert.ok(!strangers.isLeftAlone('n3'));
  clock.now += 2_000;
  assert.ok(!strangers.isLeftAlone('n2'));
  assert.ok(strangers.has('n2'), 'it is a stranger until it is heard');
});

test('one that stays a stranger is asked ever more seldom, and at least once a minute', () => {
  const clock = { now: 0 };
  const strangers = strangersAt(clock);
  const waits = Array.from({ length: 8 }, () => {
    strangers.add('n2');
    const begin = clock.now;
    while (strangers.isLeftAlone('n2')) {
      clock.now += 1_000;
    }
    return clock.now - begin;
  });
  assert.deepEqual(waits, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('several refusals at the same time are one', () => {
  const clock = { now: 0 };
  const strangers = strangersAt(clock);
  Array.from({ length: 5 }, () => strangers.add('n2'));
  clock.now += 2_000;
  assert.ok(!strangers.isLeftAlone('n2'));
});

test('one that is heard is no stranger, and begins anew', () => {
  const clock = { now: 0 };
  const strangers = strangersAt(clock);
  strangers.add('n2');
  clock.now += 2_000;
  strangers.add('n2');
  strangers.delete('n2');
  assert.ok(!strangers.has('n2'));
  assert.ok(!strangers.isLeftAlone('n2'));
  strangers.add('n2');
  clock.now += 2_000;
  assert.ok(!strangers.isLeftAlone('n2'));
});
