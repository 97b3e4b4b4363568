// The minutes before a page was opened, as the members kept them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History } from '../../main/resources/console/js/history.js';
import { continued, joined, past } from '../../main/resources/console/js/past.js';
import { Presence } from '../../main/resources/console/js/presence.js';

const told = (changes) => changes.map(({ at, label }) => `${at}: ${label}`);
const at = (ms) => new Date(ms).toISOString();
const sample = (ms, readsPerS, away = {}, readP99Ms = null) => ({ at: at(ms), rates: { readsPerS, readP99Ms }, away });
const body = (nowMs, ...samples) => ({ now: at(nowMs), samples });
const pastOf = (bodies, heardMs, endMs) => past(bodies.map((each) => continued([], each, heardMs)), endMs);

test('the rates of all members are added, and of their times the worst counts', () => {
  const { samples } = pastOf([body(2_000, sample(800, 3, {}, 5)), body(2_000, sample(800, 4, {}, 9))], 2_000, 1_700);
  assert.deepEqual(samples.map(({ reads, readP99 }) => [reads, readP99]), [[7, 9]]);
});

test('samples have the time of the browser, whatever the clock of the member says', () => {
  const { samples } = pastOf([body(91_000, sample(90_000, 1))], 11_000, 10_500);
  assert.deepEqual(samples.map((each) => each.at), [10]);
});

test('who was away is what the member says that reached most, and ends where the page hears by itself', () => {
  const reaching = body(4_000, sample(1_000, 1), sample(2_000, 1, { n3: 'down' }), sample(3_000, 1));
  const cutOff = body(4_000, sample(1_000, 0), sample(2_000, 0, { n1: 'silent', n2: 'silent' }), sample(3_000, 0));
  const { presence } = pastOf([reaching, cutOff], 4_000, 2_500);
  assert.deepEqual(told(presence.changes), ['2: n3 down']);
});

test('a node that went between the two is marked where the page first saw it', () => {
  const earlier = new Presence();
  earlier.note(1, [{ id: 'n3', state: 'up' }]);
  const own = new Presence();
  own.note(2, [{ id: 'n3', state: 'down' }]);
  own.note(3, [{ id: 'n3', state: 'up' }]);
  assert.deepEqual(told(Presence.changesOf([...earlier.observed(), ...own.observed()])), ['2: n3 down', '3: n3 up']);
  assert.deepEqual(told(Presence.changesOf(own.observed())), ['3: n3 up']);
});

test('where the page heard nothing there is what the members kept, and otherwise a hole', () => {
  const kept = [8, 9.1, 10.2, 11.2, 12.2, 14].map((each) => ({ at: each, reads: 1 }));
  const heard = [9, 10, 13, 14, 18].map((each) => ({ at: each, reads: 2 }));
  assert.deepEqual(
    joined(kept, heard).map(({ at, reads }) => [at, reads]),
    [[8, 1], [9, 2], [10, 2], [11.2, 1], [12.2, 1], [13, 2], [14, 2], [15, null], [18, 2]],
  );
  assert.deepEqual(joined(kept, []), kept);
  assert.deepEqual(joined([], heard.slice(0, 2)), heard.slice(0, 2));
});

test('a page that slept asks each member again, and one that did not answer until it does', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'], now: 100_000 });
  const asked = [];
  const answers = new Map();
  const live = Object.assign(new EventTarget(), {
    views: [{ rates: { readsPerS: 5 } }],
    fresh: () => live.views,
    hears: () => true,
    nodes: () => [],
  });
  const members = {
    ids: () => ['n1', 'n2'],
    askOne: async (id) => {
      asked.push(id);
      return answers.get(id) ?? { ok: false };
    },
  };
  const pass = async (seconds) => {
    for (let i = 0; i < seconds; i++) {
      t.mock.timers.tick(1_000);
      await new Promise(setImmediate);
    }
  };
  const reads = (history) => history.columns(['reads'])[1];

  answers.set('n1', { ok: true, json: body(101_000) });
  const history = new History(live, members);
  await pass(2);
  assert.deepEqual(asked, ['n1', 'n2']);
  answers.set('n2', { ok: true, json: body(102_000) });
  await pass(5);
  assert.deepEqual(asked, ['n1', 'n2', 'n2'], 'n2 did not answer');

  live.views = [];
  await pass(4);
  assert.deepEqual(reads(history), Array(7).fill(5));
  const slept = body(111_000, sample(108_000, 1), sample(109_000, 0, { n3: 'down' }), sample(110_000, 3));
  answers.set('n1', { ok: true, json: slept });
  live.views = [{ rates: { readsPerS: 5 } }];
  await pass(1);
  assert.deepEqual(asked, ['n1', 'n2', 'n2', 'n1', 'n2']);
  assert.deepEqual(reads(history).slice(-5), [5, 1, 0, 3, 5]);
  assert.deepEqual(history.changes().map(({ label }) => label), ['n3 down', 'n3 up']);

  live.views = [];
  await pass(4);
  answers.set('n1', { ok: true, json: body(116_000, sample(114_000, 7)) });
  answers.set('n2', { ok: false });
  live.views = [{ rates: { readsPerS: 5 } }];
  await pass(1);
  const [instants, values] = history.columns(['reads']);
  const filled = new Map(instants.map((each, i) => [Math.round(each), values[i]]));
  assert.deepEqual([109, 110, 111].map((each) => filled.get(each)), [1, 0, 3], 'a second gap leaves the first one filled');
  assert.equal(filled.get(115), 7);
  assert.deepEqual(history.changes().map(({ label }) => label), ['n3 down', 'n3 up']);
});

test('what a member said before goes on in its next answer, as far back as a chart shows', () => {
  const first = continued([], body(4_000, sample(1_000, 1), sample(2_000, 2), sample(3_000, 3)), 5_000);
  const second = continued(first, body(9_000, sample(3_000, 4), sample(8_000, 5)), 10_000);
  assert.deepEqual(second.map(({ atMs, rates }) => [atMs, rates.readsPerS]), [[2_000, 1], [3_000, 2], [4_000, 4], [9_000, 5]]);
  assert.deepEqual(continued(second, body(9_500), 10_500), second);
  assert.equal(continued(second, body(602_500), 603_500).length, 2);
});

test('of no member there is nothing', () => {
  assert.deepEqual(past([], 5_000).samples, []);
});
