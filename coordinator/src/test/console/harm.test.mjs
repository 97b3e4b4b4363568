// Whether the tour may offer to kill a node.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harm, outage } from '../../main/resources/console/js/theatre/harm.js';

const view = (coordinator, ...states) => ({
  coordinator,
  quorum: Math.floor(states.length / 2) + 1,
  nodes: states.map((state, i) => ({
    id: `n${i + 1}`,
    state: state === 'filling' ? 'up' : state,
    votingStatus: state === 'filling' ? 'filling' : 'voting',
  })),
});

test('a cluster of three can lose one, and then no more', () => {
  assert.equal(harm([view('n1', 'up', 'up', 'up'), view('n3', 'up', 'up', 'up')], 'n3'), undefined);
  assert.match(harm([view('n1', 'up', 'down', 'up')], 'n3'), /^Not now: without n3, n1 would hear no majority/);
});

test('the node that hears both sides of a cut is not offered, however well it is', () => {
  const cut = [view('n1', 'up', 'down', 'up'), view('n2', 'down', 'up', 'up'), view('n3', 'up', 'up', 'up')];
  assert.match(harm(cut, 'n3'), /^Not now: without n3, n1 and n2 would hear no majority/);
  assert.equal(harm(cut, 'n1'), undefined);
});

test('a member that is cut off already loses nothing more', () => {
  const cutOff = view('n2', 'down', 'up', 'down', 'down', 'down');
  const others = view('n1', 'up', 'down', 'up', 'up', 'up');
  assert.equal(harm([others, cutOff], 'n5'), undefined);
  assert.match(harm([cutOff], 'n5'), /n2 would hear no majority/);
});

test('a node without a vote counts for nothing', () => {
  assert.match(harm([view('n1', 'up', 'filling', 'up')], 'n3'), /^Not now/);
  assert.equal(harm([view('n1', 'up', 'slow', 'filling')], 'n3'), undefined);
});

test('with two nodes nothing may be lost, and of silent members nothing is known', () => {
  assert.match(harm([view('n1', 'up', 'up')], 'n2'), /^With two nodes nothing may be lost/);
  assert.match(harm([], 'n3'), /^Not now: no other member says how the cluster is/);
  assert.match(harm([view('n3', 'up', 'up', 'up')], 'n3'), /^Not now: no other member says/);
});

test('the end of the tour names as many nodes as take the majority', () => {
  assert.deepEqual([1, 2, 3, 5, 7].map(outage), [
    'kill one node',
    'kill one node',
    'kill two nodes',
    'kill three nodes',
    'kill four nodes',
  ]);
});
