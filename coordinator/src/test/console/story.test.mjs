// What the theatre tells of a request. Needs Node.js 22 or newer, which the build does not: node --test coordinator/src/test/console

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROUND_TITLES, sentence } from '../../main/resources/console/js/theatre/sentences.js';
import { acksAt, copyAt } from '../../main/resources/console/js/theatre/moments.js';
import { eventOf } from '../../main/resources/console/js/theatre/same.js';
import { ackedBy, stillness, story } from '../../main/resources/console/js/theatre/story.js';
import { flight, stepAt, timeline } from '../../main/resources/console/js/theatre/timeline.js';
import { verdict } from '../../main/resources/console/js/verdict.js';
import { compare, newest } from '../../main/resources/console/js/versions.js';

const IDS = ['n1', 'n2', 'n3'];
const OLD = '1a208bccab00000.a9b5c4b90df27730.1.0';
const NEW = '1a208bccea00000.a9b5c4b90df27730.2.0';

const ok = (id, sentUs, answeredUs, version) => ({ id, sentUs, answer: 'ok', answeredUs, version });
const tell = (request) => story({ id: '1', node: 'n1', level: 'linearizable', key: 'k', ...request }, IDS);
const titles = (told) => told.steps.map((_, at) => sentence(told, at).title);
const evidence = (rounds, more = {}) => ({
  coordinator: 'n1',
  n: 3,
  quorum: 2,
  acked: [],
  repaired: [],
  unreachable: [],
  rounds,
  ...more,
});

const WRITE = {
  kind: 'write',
  outcome: 'applied',
  elapsedUs: 3_000,
  evidence: evidence([
    { phase: 'query', required: 2, decidedUs: 500, replicas: [ok('n1', 10, 100, OLD), ok('n2', 12, 500, OLD)] },
    {
      phase: 'store',
      required: 2,
      decidedUs: 2_900,
      replicas: [ok('n1', 520, 2_000), ok('n2', 521, 2_900), ok('n3', 522, 9_000)],
    },
  ]),
};

const REPAIR = {
  kind: 'read',
  outcome: 'read',
  found: true,
  elapsedUs: 4_000,
  evidence: evidence(
    [
      {
        phase: 'query',
        required: 2,
        decidedUs: 400,
        replicas: [ok('n1', 10, 100, NEW), ok('n2', 11, 400, NEW), ok('n3', 12, 900, OLD)],
      },
      { phase: 'store', required: 3, decidedUs: 3_900, replicas: [ok('n3', 910, 3_900)] },
    ],
    { acked: IDS, repaired: ['n3'] },
  ),
};

test('a write is told in two rounds, and who answers after the outcome was not waited for', () => {
  assert.deepEqual(titles(tell(WRITE)), [
    'A request arrives',
    'Round 1: Ask a majority what they have',
    'n1 answers: 1 of 2',
    'n2 answers: 2 of 2',
    'Quorum: 2 of 2',
    'Round 2: Store on all; two suffice',
    'n1 answers: 1 of 2',
    'n2 answers: 2 of 2',
    'Quorum: 2 of 2',
    'Applied, after 3.00 ms',
    'n3 answers round 2, late',
    'All have it',
  ]);
});

test('only those count whose answers the outcome waited for', () => {
  assert.deepEqual(ackedBy(tell(WRITE)), ['n1', 'n2']);
});

test('a dead replica misses the write, and the end says who does', () => {
  const [query, store] = WRITE.evidence.rounds;
  const told = tell({
    ...WRITE,
    evidence: evidence([query, { ...store, replicas: store.replicas.slice(0, 2) }], {
      acked: ['n1', 'n2'],
      unreachable: ['n3'],
    }),
  });
  assert.equal(titles(told).at(-1), 'What n3 missed');
  assert.match(sentence(told, 5).text, /n3 cannot be reached/);
});

test('a replica that came back is waited for, repaired, and those that have the version already count', () => {
  const told = tell(REPAIR);
  assert.deepEqual(titles(told).slice(5, 9), [
    'n3 was waited for',
    'Round 2: Repair before answering',
    'n3 answers: 3 of 3',
    'Repaired: 3 of 3',
  ]);
  assert.equal(acksAt(told, told.rounds[1], 6), 2);
  assert.deepEqual(ackedBy(told), IDS);
});

test('a copy is old from the moment on in which a newer one is seen, until it is repaired', () => {
  const told = tell(REPAIR);
  assert.deepEqual(
    [4, 5, 7].map((at) => copyAt(told, 'n3', at).state),
    ['unknown', 'old', 'stored'],
  );
});

test('a stale answer that came late is repaired behind the answer', () => {
  const [query] = REPAIR.evidence.rounds;
  assert.deepEqual(tell({ ...REPAIR, elapsedUs: 410, evidence: evidence([query]) }).behind, ['n3']);
});

test('a replica asked later was asked for a reason', () => {
  const told = tell({
    kind: 'read',
    outcome: 'read',
    elapsedUs: 9_000,
    evidence: evidence([
      {
        phase: 'query',
        required: 2,
        decidedUs: 8_900,
        replicas: [
          ok('n1', 10, 100, NEW),
          { id: 'n2', sentUs: 11, answer: 'no answer yet' },
          ok('n3', 6_000, 8_900, NEW),
        ],
      },
    ]),
  });
  const at = told.steps.findIndex((step) => step.kind === 'another');
  assert.match(sentence(told, at).text, /^n2 takes longer than usual/);
  assert.equal(titles(told).at(-2), 'n2 stays silent');
});

test('each phase has words of its own', () => {
  const phases = Object.keys(ROUND_TITLES).filter((role) => role !== 'repair' && role !== 'spread');
  const texts = phases.map((phase) => {
    const told = tell({
      kind: phase === 'request_status' || phase === 'survey' ? 'survey' : 'write',
      outcome: 'applied',
      elapsedUs: 900,
      evidence: evidence([{ phase, required: 2, decidedUs: 500, replicas: [ok('n1', 10, 100), ok('n2', 12, 500)] }]),
    });
    const round = told.steps.findIndex((step) => step.kind === 'round');
    return sentence(told, round).text.replace(/ It (asks|sends) .*/, '');
  });
  assert.equal(new Set(texts).size, phases.length, texts.join('\n'));
});

test('a conditional write that looks does not claim to learn a version or to repair', () => {
  const [query] = REPAIR.evidence.rounds;
  const told = tell({ kind: 'conditional write', outcome: 'refused', elapsedUs: 410, evidence: evidence([query]) });
  const round = told.steps.findIndex((step) => step.kind === 'round');
  assert.match(sentence(told, round).text, /^Other conditional writes of this key were before it\. So n1 looks/);
  const texts = told.steps.map((_, at) => sentence(told, at).text).join('\n');
  assert.doesNotMatch(texts, /repaired behind the answer/);
});

test('a question about a request is not taken for a survey of copies', () => {
  const told = tell({
    kind: 'survey',
    outcome: 'request status',
    elapsedUs: 900,
    evidence: evidence([
      { phase: 'request_status', required: 2, decidedUs: 500, replicas: [ok('n1', 10, 100), ok('n2', 12, 500)] },
    ]),
  });
  const texts = told.steps.map((_, at) => sentence(told, at)).map(({ title, text }) => `${title}: ${text}`);
  assert.match(texts[0], /what became of an earlier request/);
  assert.ok(texts.some((text) => text.includes('what I remember of the request')));
  assert.ok(texts.some((text) => text.includes('Answered with the state of the request')), texts.join('\n'));
});

test('a refusal says that nothing happened, an unknown outcome that it may have', () => {
  const refused = tell({
    kind: 'write',
    outcome: 'refused',
    reason: 'no quorum',
    elapsedUs: 100,
    evidence: evidence([{ phase: 'query', required: 2, replicas: [] }], { unreachable: ['n2', 'n3'] }),
  });
  assert.ok(titles(refused).includes('Refused: nothing happened, after 100 µs'));
  const unknown = tell({ ...WRITE, outcome: 'unknown' });
  assert.ok(titles(unknown).some((title) => title.startsWith('Unknown: it may have happened')));
});

test('messages leave with their round and are back when they are told of', () => {
  const told = tell(WRITE);
  const times = timeline(told, () => 0);
  const message = told.messages.find((each) => each.id === 'n2' && each.role === 'store');
  assert.equal(flight(message, times, times.playAt[message.from] - 1), undefined);
  assert.equal(flight(message, times, times.playAt[message.from]).way, 'out');
  assert.equal(flight(message, times, times.playAt[message.to] - 1).way, 'back');
  assert.equal(flight(message, times, times.playAt[message.to]), undefined);
  assert.equal(stepAt(times, times.playAt[3]), 3);
});

test('versions are ordered by number and not by letter', () => {
  assert.equal(compare('ff.1.1.0', '100.1.1.0'), -1);
  assert.equal(newest([OLD, NEW, '0.0.0.0']), NEW);
});

test('the verdict on a key names who is behind, and whom a read needs', () => {
  const copies = (...versions) =>
    versions.map((version, i) =>
      version ? { id: `n${i + 1}`, state: 'value', version } : { id: `n${i + 1}`, state: 'no answer' },
    );
  assert.equal(verdict(copies(NEW, NEW, OLD)).title, 'n3 is behind');
  assert.equal(verdict(copies(NEW, OLD, OLD)).title, 'n1 alone has the newest version');
  assert.equal(verdict(copies(NEW, NEW, NEW)).title, 'The replicas agree');
  assert.equal(verdict(copies(NEW, NEW, undefined)).title, 'n1 and n2 agree');
  assert.equal(verdict(copies(NEW, undefined, undefined)).title, 'A read would be refused');
});

test('an event that was faster than the answer is found by it, among others of the same key', () => {
  const heard = (request, more) => ({ node: 'n1', key: 'k', ...structuredClone(request), ...more });
  const answer = heard(WRITE);
  answer.evidence.rounds[1].replicas.pop();
  const later = heard(WRITE, { identity: 'n1/2' });
  later.evidence.rounds[0].decidedUs += 1;
  const events = [later, heard(WRITE, { node: 'n2' }), heard(WRITE, { key: 'j' }), heard(REPAIR), heard(WRITE, { identity: 'n1/1' })];
  assert.equal(eventOf(answer, events)?.identity, 'n1/1');
  assert.equal(eventOf(answer, [later]), undefined);
});

test('before the first request the stage has its replicas, and the words count them', () => {
  const told = stillness(['n1', 'n2', 'n3', 'n4', 'n5'], 'n2');
  assert.deepEqual([told.steps.length, told.coordinator, told.request.evidence.quorum], [1, 'n2', 3]);
  assert.match(sentence(told, 0).text, /five replicas.*Three of five answers suffice/);
});
