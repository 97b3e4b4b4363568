// The page that browses the keys, as far as it needs no browser: node --test coordinator/src/test/console

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyBytes, keyOf, keyPath, keyTyped, typedBytes } from '../../main/resources/console/js/keys.js';
import { outcomeOf } from '../../main/resources/console/js/keyspace/change.js';
import { entriesOf, parentOf, pathOf } from '../../main/resources/console/js/keyspace/folders.js';
import { bytesOfHex, hexLines, hexOf } from '../../main/resources/console/js/keyspace/hex.js';
import { compareLines } from '../../main/resources/console/js/keyspace/lines.js';
import { Pages } from '../../main/resources/console/js/keyspace/pages.js';
import { pretty } from '../../main/resources/console/js/keyspace/pretty.js';
import { Scan } from '../../main/resources/console/js/keyspace/scan.js';
import { firstBytes, valueOf } from '../../main/resources/console/js/keyspace/value.js';

test('a key is the same after it was typed', () => {
  for (const key of ['a/b', 'é', 'base64:x', 'ÿ', ' ', '\ufeffx']) {
    assert.deepEqual(keyOf(typedBytes(keyTyped({ key }))), { key });
  }
  assert.equal(keyPath(keyTyped({ key: 'base64:x' })), '%62%61%73%65%36%34%3a%78');
  assert.deepEqual(keyOf('\u00ff'), { key64: '/w==' });
  assert.ok(keyBytes({ key: 'é' }) < keyBytes({ key64: '/w==' }), 'in the order of the nodes');
});

test('what stands between two slashes is a folder, whose other keys are passed over', () => {
  const items = ['a/1', 'a/2', 'a0', 'b', 'c/x/1', 'c/y'].map((bytes) => ({ bytes }));
  const { entries, behind } = entriesOf('', items);
  assert.deepEqual(entries.map(({ bytes }) => bytes), ['a/', 'a0', 'b', 'c/']);
  assert.equal(behind, 'c0');
  assert.equal(entriesOf('', items.slice(0, 4)).behind, undefined, 'the last one is a key');
  assert.deepEqual(pathOf('a/b/c'), ['a/', 'a/b/']);
  assert.equal(parentOf('a/b/'), 'a/');
  assert.equal(parentOf('a/'), '');
});

/** Answers scans of sorted keys as a node does. Counts the keys that it sent. */
function membersOf(keys) {
  const asked = { keys: 0, requests: 0 };
  const ask = async (path) => {
    const query = new URLSearchParams(path.split('?')[1]);
    const limit = Number(query.get('limit'));
    const from = query.get('cursor') ?? '';
    const inside = keys.filter(
      (key) => key.startsWith(query.get('prefix')) && key >= (query.get('start') ?? '') && key > from,
    );
    const items = inside.slice(0, limit).map((key) => ({ key, version: '1.0.0.0' }));
    asked.keys += items.length;
    asked.requests++;
    return { ok: true, json: { items, next: inside.length > limit ? items.at(-1).key : null } };
  };
  return { ask, asked };
}

test('a level of folders asks for few of the keys in them', async () => {
  const keys = [];
  for (let folder = 0; folder < 20; folder++) {
    for (let i = 0; i < 1_000; i++) {
      keys.push(`f${String(folder).padStart(2, '0')}/${String(i).padStart(4, '0')}`);
    }
  }
  const members = membersOf([...keys, 'z']);
  const scan = new Scan(members, { prefix: '', inFolders: true });
  const found = [];
  let next;
  do {
    const page = await scan.page(next);
    found.push(...page.rows.map(({ bytes }) => bytes));
    next = page.next;
  } while (next);
  assert.deepEqual([found.length, found[0], found.at(-1)], [21, 'f00/', 'z']);
  assert.ok(members.asked.keys < 2_000, `${members.asked.keys} of 20001 keys were sent`);
});

/** A source of so many rows, in pages of 100, as long as `isGone` does not say that a row is deleted. */
function sourceOf(count, isGone = () => false) {
  return {
    async page(from = 0) {
      const rows = [];
      let at = from;
      for (; at < count && rows.length < 100; at++) {
        if (!isGone(at)) {
          rows.push({ bytes: String(at) });
        }
      }
      return { rows, next: at < count ? at : undefined, looked: at - from };
    },
  };
}

test('of a list of any length a bounded part is kept, and the rest comes again', async () => {
  const pages = new Pages(sourceOf(10_000), { keptMax: 300 });
  for (let i = 0; !pages.isDone; i = pages.length) {
    await pages.want(i, i + 30);
  }
  assert.equal(pages.length, 10_000);
  assert.ok(pages.pages.filter(({ rows }) => rows).length <= 4);
  assert.equal(pages.rowAt(0), undefined);
  await pages.want(0, 30);
  assert.equal(pages.rowAt(0).bytes, '0');
  assert.equal(pages.rowAt(9_999), undefined);
});

test('what follows a page that has changed is asked for anew', async () => {
  let gone = -1;
  const pages = new Pages(sourceOf(1_000, (at) => at === gone), { keptMax: 100 });
  for (let i = 0; !pages.isDone; i = pages.length) {
    await pages.want(i, i + 30);
  }
  gone = 5;
  await pages.want(0, 30);
  assert.equal(pages.rowAt(5).bytes, '6');
  assert.equal(pages.length, 100, 'the pages behind it are not known any more');
  for (let i = 0; !pages.isDone; i = pages.length) {
    await pages.want(i, i + 30);
  }
  assert.equal(pages.length, 999, 'no key is lost, and none comes twice');
});

test('a filter that lets nothing through stops after a while, and asks', async () => {
  const pages = new Pages(sourceOf(1_000_000, () => true));
  pages.lookedMax = 500;
  pages.source.page = async (from = 0) => ({ rows: [], next: from + 100, looked: 100 });
  await pages.want(0, 30);
  assert.deepEqual([pages.isTired, pages.looked], [true, 500]);
});

test('JSON is broken into lines, and no letter of it changes', () => {
  assert.equal(pretty('{"a":12345678901234567890,"b":[],"c":[1.50,"x, {y}"]}').replaceAll(/\n */g, '~'),
    '{~"a": 12345678901234567890,~"b": [],~"c": [~1.50,~"x, {y}"~]~}');
  assert.equal(pretty('{"a":'), undefined);
});

test('bytes are the same after they were hexadecimal', () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, i) => i * 6);
  assert.deepEqual(bytesOfHex(hexOf(bytes)), bytes);
  assert.equal(hexLines(Uint8Array.of(0x41, 0, 0xff), 4)[0], '000000  41 00 ff     A..');
  assert.throws(() => bytesOfHex('4'), /two digits/);
  assert.throws(() => bytesOfHex('4g'), /no digit/);
});

test('lines that differ are found between those that do not', () => {
  const signs = compareLines('a\nb\nc\nd', 'a\nx\nc\nd\ne').map(({ sign, line }) => sign + line);
  assert.deepEqual(signs, ['=a', '-b', '+x', '=c', '=d', '+e']);
  assert.deepEqual(compareLines('a', 'a').map(({ sign }) => sign), ['=']);
});

test('the answer to a change says whether it was applied, and if that is known', () => {
  const state = (status) => outcomeOf({ status }, 'why').state;
  assert.deepEqual([200, 201, 204].map(state), ['done', 'done', 'done']);
  assert.equal(state(412), 'lost');
  assert.deepEqual([400, 403, 409, 413, 429, 501, 503, 507].map(state), Array(8).fill('nothing'));
  assert.deepEqual([500, 502, 504].map(state), ['unknown', 'unknown', 'unknown']);
  for (const answer of [undefined, { status: 504 }]) {
    const { title, words } = outcomeOf(answer, 'why');
    assert.match(`${title}. ${words}`, /may have been applied, or may be yet.*Read the key before you send it again/);
  }
  const missing = '503: 2 of 3 replicas are needed, and too few answered; missing: n2; refused: n3 (overloaded). Nothing was applied';
  const refusal = outcomeOf({ status: 503 }, missing);
  assert.equal(refusal.title, 'Not applied: the request was refused');
  assert.equal(refusal.words, `${missing}. Nothing will be, either. Send it again when a majority is back.`);
  assert.equal(outcomeOf({ status: 429 }, 'shed').words, 'shed. Nothing was applied. Send it again in a moment.');
  const full = 'the disks of too many replicas are full. Nothing was applied';
  assert.equal(outcomeOf({ status: 507 }, full).words, `${full}.`);
  assert.equal(outcomeOf({ status: 507 }, 'too large').words, 'too large. Nothing was applied.');
});

test('of a long value the first bytes are read, and a letter that is cut spoils no text', async () => {
  const body = new TextEncoder().encode('é'.repeat(1_000));
  const response = new Response(body, { headers: { 'Content-Length': '2000', ETag: '"1.0.0.0"' } });
  const part = await firstBytes(101)(response);
  const value = valueOf({ ...part, headers: response.headers });
  assert.deepEqual([value.bytes.length, value.size, value.isWhole], [101, 2_000, false]);
  assert.deepEqual([value.text.length, value.isBinary, value.version], [50, false, '1.0.0.0']);
});
