// What the console takes a user's grants for: node --test coordinator/src/test/console

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '../../main/resources/console/js/session.js';

function sessionOf(...grants) {
  const session = new Session();
  session.otherPages.close();
  session.who = { name: 'ann', by: 'session', grants };
  return session;
}

test('a grant is for keys that begin with its bytes', () => {
  const session = sessionOf('read:app/', 'read:%C3', 'write:app/a%3A', 'observe');
  assert.ok(session.mayKey('read', 'app/'));
  assert.ok(session.mayKey('read', 'app/x'));
  assert.ok(session.mayKey('read', 'é'), 'the first byte of two');
  assert.ok(session.mayKey('read', 'base64:w6k='));
  assert.ok(!session.mayKey('read', 'app'));
  assert.ok(!session.mayKey('write', 'app/b'));
  assert.ok(session.mayKey('write', 'app/a:b'), 'a colon in a prefix');
  assert.ok(session.may('observe') && !session.may('operate'));
});

test('a scan is for one that may read all keys behind its prefix', () => {
  const session = sessionOf('read:app/');
  assert.deepEqual(['', 'app', 'app/', 'app/x'].map((prefix) => session.mayPrefix('read', prefix)), [false, false, true, true]);
  assert.ok(sessionOf('admin').mayPrefix('read', '') && sessionOf('read').mayPrefix('read', ''));
});

test('an administrator may do everything, and a user without grants nothing', () => {
  assert.ok(sessionOf('admin').mayKey('write', 'k') && sessionOf('admin').may('operate'));
  assert.equal(sessionOf().missing('operate'), 'ann needs the role operate, and has no grants');
  assert.equal(sessionOf('read').missingForKey('write', 'k'), 'ann needs the role write for this key, and has read');
  assert.equal(sessionOf('write').missingForKey('write', 'k'), undefined);
});
