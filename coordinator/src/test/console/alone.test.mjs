// Which values of a chart need a point of their own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alone } from '../../main/resources/console/js/alone.js';

test('only a value without a neighbour needs a point', () => {
  assert.deepEqual(alone([null, 5, null, 6, 7, null, 0]), [1, 6]);
  assert.deepEqual(alone([3, undefined, null]), [0]);
  assert.deepEqual(alone([1, 2, 3]), []);
  assert.deepEqual(alone([]), []);
});
