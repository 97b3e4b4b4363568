// Failures that make one outage, and what versions are called: node --test coordinator/src/test/console

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeOf, outages, outcomesOf } from '../../main/resources/console/js/outages.js';
import { msBetween, versionNames } from '../../main/resources/console/js/versions.js';

const START_MS = Date.parse('2026-01-01T10:00:00.000Z');

function failure(afterMs, { outcome = 'refused', reason = 'no quorum', unreachable = [] } = {}) {
  const evidence = { unreachable, rounds: [] };
  return { at: new Date(START_MS + afterMs).toISOString(), elapsedUs: 2_000, outcome, reason, evidence };
}

const latestFirst = (...requests) => outages(requests.reverse());

test('failures close together are one outage, with its beginning, its end and its cause', () => {
  const [outage] = latestFirst(
    failure(0, { outcome: 'unknown', reason: undefined }),
    failure(4_000, { unreachable: ['n3', 'n2'] }),
    failure(8_000, { unreachable: ['n2', 'n3'] }),
  );
  assert.deepEqual([outage.beginMs - START_MS, outage.endMs - START_MS], [0, 8_002]);
  assert.equal(outcomesOf(outage), '2 refused, 1 unknown');
  assert.equal(causeOf(outage), 'n2 and n3 did not answer');
});

test('a quiet time ends an outage', () => {
  assert.deepEqual(latestFirst(failure(0), failure(1_000), failure(9_000)).map(({ requests }) => requests.length), [1, 2]);
});

test('failures with another cause, and slow requests in between, are lines of their own', () => {
  const groups = latestFirst(
    failure(0),
    failure(100, { reason: 'disk full' }),
    failure(200, { outcome: 'read' }),
    failure(300),
    failure(400, { reason: 'contention' }),
    failure(500, { reason: 'contention' }),
  );
  assert.deepEqual(groups.map(({ requests }) => requests.length), [1, 1, 2, 1, 1]);
  assert.equal(causeOf(groups[2]), 'too few replicas answered in time');
});

test('the names of versions are short, and tell them apart', () => {
  const now = new Date(2026, 0, 1, 12);
  const version = (ms, counter, session = '5') => `${((BigInt(now.getTime() + ms) << 16n) + BigInt(counter)).toString(16)}.${session}.1.0`;
  const [a, b, c] = [version(0, 0), version(7, 0), version(0, 3)];
  assert.deepEqual([...versionNames([a, b], now).values()], ['12:00:00.000', '12:00:00.007']);
  assert.deepEqual([...versionNames([a, c], now).values()], ['12:00:00.000 #0', '12:00:00.000 #3']);
  assert.equal(new Set(versionNames([a, version(0, 0, '6')], now).values()).size, 2);
  assert.equal(msBetween(a, b), 7);
  assert.match(versionNames([version(-86_400_000, 0)], now).values().next().value, /^2025-12-31 /);
});
