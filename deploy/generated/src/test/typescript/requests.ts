// Requests of the generated client, and what must come of them. Argument: the address of a node.
import { Configuration, KeysApi, ManyKeysApi, ClusterApi, ResponseError } from './client';

declare const process: { argv: string[]; exit(status: number): never };
declare const console: { error(text: unknown): void };

const configuration = new Configuration({ basePath: process.argv[2]!.replace(/\/$/, '') });
const keys = new KeysApi(configuration);
const many = new ManyKeysApi(configuration);
const clusters = new ClusterApi(configuration);

function assertEquals(expected: unknown, actual: unknown, what: string): void {
  if (JSON.stringify(expected) !== JSON.stringify(actual)) {
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, but was ${JSON.stringify(actual)}`);
  }
}

const bytes = (text: string) => new Blob([text]);
const get = async (key: string) => (await keys.getValue({ key })).text();

async function statusOf(request: Promise<unknown>): Promise<number> {
  try {
    await request;
    return 200;
  } catch (error) {
    if (error instanceof ResponseError) {
      return error.response.status;
    }
    throw error;
  }
}

async function oneKey(): Promise<void> {
  await keys.putValue({ key: 'ts/greeting', body: bytes('hello') });
  assertEquals('hello', await get('ts/greeting'), 'the value');
  await keys.putValue({ key: 'ts/greeting', body: bytes('hello again'), explain: '1' });
  assertEquals('hello again', await get('ts/greeting'), 'the value of an explained put');
  await keys.deleteValue({ key: 'ts/greeting' });
  assertEquals(404, await statusOf(keys.getValue({ key: 'ts/greeting' })), 'a deleted key');
}

async function conditions(): Promise<void> {
  const taken = await keys.putValueRaw({ key: 'ts/lock', body: bytes('mine'), ifNoneMatch: '*' });
  const ifMatch = taken.raw.headers.get('ETag') ?? '';
  const again = keys.putValue({ key: 'ts/lock', body: bytes('no'), ifNoneMatch: '*' });
  assertEquals(412, await statusOf(again), 'a lock that is taken');
  await keys.putValue({ key: 'ts/lock', body: bytes('still mine'), ifMatch });
  assertEquals(412, await statusOf(keys.putValue({ key: 'ts/lock', body: bytes('no'), ifMatch })), 'an old version');
  assertEquals('still mine', await get('ts/lock'), 'the lock');
}

async function pages(): Promise<void> {
  for (const key of ['ts/page/1', 'ts/page/2', 'ts/page/3']) {
    await keys.putValue({ key, body: bytes(key) });
  }
  const first = await many.scanKeys({ prefix: 'ts/page/', limit: 2 });
  assertEquals(['ts/page/1', 'ts/page/2'], first.items.map((item) => item.key), 'the first page');
  const last = await many.scanKeys({ prefix: 'ts/page/', limit: 2, cursor: first.next ?? '' });
  assertEquals(['ts/page/3'], last.items.map((item) => item.value), 'the last page');
  assertEquals(null, last.next, 'the end');
}

async function batches(): Promise<void> {
  const { results } = await many.runBatch({
    batch: {
      operations: [
        { op: 'put', key: 'ts/batch', value: '1' },
        { op: 'get', key: 'ts/batch' },
        { op: 'delete', key: 'ts/batch' },
      ],
    },
  });
  assertEquals([201, 200, 204], results.map((result) => result.status), 'the statuses of a batch');
  assertEquals('1', results[1]?.value, 'the value in a batch');
}

async function functions(): Promise<void> {
  const key = 'ts/counter';
  await keys.changeValue({ key, registerFunction: { add: '2', max: '9' } });
  const sum = await keys.changeValue({ key, registerFunction: { add: '5' } });
  assertEquals('7', sum.value, 'the sum');
  const tooMuch = keys.changeValue({ key, registerFunction: { add: '5', max: '9' } });
  assertEquals(412, await statusOf(tooMuch), 'a sum out of bounds');
}

async function members(): Promise<void> {
  const cluster = await clusters.getCluster();
  assertEquals(['n1', 'n2', 'n3'], cluster.nodes.map((node) => node.id), 'the nodes');
}

const all = [oneKey, conditions, pages, batches, functions, members];
all.reduce((before, next) => before.then(next), Promise.resolve()).catch((error) => {
  console.error(error);
  process.exit(1);
});
