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
  assert.deepEqual(apart(nodes), 'n1 and n2 do not hear each other.');
  assert.deepEqual(apart(inDoubt(hopeful.nodes, [hopeful, view('n1', true, 'up', 'down', 'up')])), '', 'n2 may be dead');
});

test('a node that is away has no second sentence', () => {
  const views = [view('n1', true, 'up', 'up', 'down'), view('n2', true, 'up', 'up', 'up'), view('n3', false, 'down', 'up', 'up')];
  const nodes = inDoubt(views[0].nodes, views);
  assert.deepEqual(states(nodes), ['up', 'up', 'down']);
  assert.equal(apart(nodes), '');
});

test('many pairs that lost each other make one short sentence', () => {
  const ids = ['n1', 'n2', 'n3', 'n4'];
  const cut = (id, ...unheardBy) => ({ id, state: 'up', unheardBy });
  assert.equal(apart([cut('n1', 'n2', 'n3'), cut('n2', 'n1'), cut('n3', 'n1')]), 'These do not hear each other: n1\u2013n2 and n1\u2013n3.');
  assert.equal(
    apart(ids.map((id) => cut(id, ...ids.filter((other) => other !== id)))),
    'These do not hear each other: n1\u2013n2, n1\u2013n3, n1\u2013n4 and 3 more.',
  );
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
