// Which state of a node the overview shows, when members disagree about it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, inDoubt } from '../../main/resources/console/js/doubt.js';

const view = (coordinator, hasQuorum, ...states) => ({
  coordinator,
  hasQuorum,
  nodes: states.map((state, i) => ({ id: `n${i + 1}`, state, store: coordinator })),
});

const states = (nodes) => nodes.map(({ state }) => state);

test('the worst fresh view decides about a node that two others do not hear', () => {
  const hopeful = view('n1', true, 'up', 'up', 'up');
  const nodes = inDoubt(hopeful.nodes, [hopeful, view('n2', true, 'up', 'up', 'silent')]);
  assert.deepEqual(states(nodes), ['up', 'up', 'silent']);
  assert.deepEqual(nodes[2].unheardBy, ['n2']);
  assert.equal(nodes[2].store, 'n1', 'what else is known of it stays');
});

test('a member that is cut off does not paint the others down', () => {
  const nodes = inDoubt(view('n1', true, 'up', 'up', 'down').nodes, [
    view('n1', true, 'up', 'up', 'down'),
    view('n2', true, 'up', 'up', 'down'),
    view('n3', false, 'down', 'down', 'up'),
  ]);
  assert.deepEqual(states(nodes), ['up', 'up', 'down']);
  assert.deepEqual(nodes.map(({ unheardBy }) => unheardBy), [['n3'], ['n3'], ['n1', 'n2']]);
});

test('two nodes that do not hear each other are not away, as both go on', () => {
  const hopeful = view('n3', true, 'up', 'up', 'up');
  const cut = [view('n1', true, 'up', 'down', 'slow'), view('n2', true, 'silent', 'up', 'up'), hopeful];
  const nodes = inDoubt(hopeful.nodes, cut);
  assert.deepEqual(states(nodes), ['up', 'up', 'slow']);
  assert.deepEqual(apart(nodes), ['n1 and n2 do not hear each other.']);
  assert.deepEqual(apart(inDoubt(hopeful.nodes, [hopeful, view('n1', true, 'up', 'down', 'up')])), [], 'n2 may be dead');
});

test('without any quorum each word counts', () => {
  const nodes = inDoubt(view('n1', false, 'up', 'down', 'slow').nodes, [
    view('n1', false, 'up', 'down', 'slow'),
    view('n3', false, 'silent', 'down', 'up'),
  ]);
  assert.deepEqual(states(nodes), ['silent', 'down', 'slow']);
});

test('without a fresh view the last one stays', () => {
  assert.deepEqual(states(inDoubt(view('n1', true, 'up', 'slow').nodes, [])), ['up', 'slow']);
});
