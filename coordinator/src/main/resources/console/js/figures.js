// What the members of a node in `/v1/nodes/{id}` mean to people: name, unit, group.

import { bytes, count, digits, duration, millis } from './format.js';

/** `undefined` stays: the node did not tell. */
const as = (format) => (value) => (value === undefined || value === null ? undefined : format(value));
const amount = as(bytes);
const number = as(count);
const ratio = as((value) => digits(value));

/** What a disk has space for, in words. */
export const spaceFor = (space) =>
  ({ all_writes: 'everything', deletes_only: 'deletes only', read_only: 'nothing: full' })[space] ?? space;

/** What the files of a node consist of, in words; `undefined` if it did not tell. */
export function filesWords(files) {
  const parts = files && [
    ['tables', files.tableBytes],
    ['log', files.logBytes],
    ['ballast', files.ballastBytes],
    ['other', files.otherBytes],
  ];
  return parts
    ?.filter(([name, size]) => name !== 'other' || size > files.bytes / 100)
    .map(([name, size]) => `${name} ${bytes(size)}`)
    .join(', ');
}

/** The first group is what one looks at first. The others are folded. */
export const GROUPS = [
  {
    name: 'At a glance',
    rows: [
      ['Votes', (node) => (node.votingStatus === 'voting' ? 'yes' : node.votingStatus && `no: ${node.votingStatus}`)],
      ['Up for', (node) => as(duration)(node.uptimeMs)],
      ['Clock ahead of the one asking', (node) => as(millisSigned)(node.skewMs)],
      ['Memory', (node) => amount(node.residentBytes)],
      ['Disk has space for', (node) => as(spaceFor)(node.store?.diskSpace)],
      ['On disk, without checkpoints', (node) => amount(node.store?.files?.bytes)],
      ['To be merged', (node) => amount(node.store?.debtBytes)],
      ['Writes', (node) => number(node.store?.writes)],
      ['Gets', (node) => number(node.store?.gets)],
      ['Stalls', (node) => number(node.store?.stalls)],
    ],
  },
  {
    name: 'Process',
    rows: [
      ['Address', (node) => node.http],
      ['Process id', (node) => as(String)(node.pid)],
      ['Life', (node) => as(String)(node.incarnation)],
      ['Processor time', (node) => as(duration)(node.cpuMs)],
      [
        'Share of one core since start',
        (node) => (node.uptimeMs ? `${digits((100 * node.cpuMs) / node.uptimeMs)} %` : undefined),
      ],
      ['Protocol with the one asking', (node) => as(String)(node.protocol)],
      ['Timestamps too far ahead', (node) => number(node.timestampsTooFarAhead)],
    ],
  },
  {
    name: 'On disk',
    rows: [
      ['All files, without checkpoints', (node) => amount(node.store?.files?.bytes)],
      ['Files of tables', (node) => amount(node.store?.files?.tableBytes)],
      ['Files of the log', (node) => amount(node.store?.files?.logBytes)],
      ['Ballast, given up when the disk is full', (node) => amount(node.store?.files?.ballastBytes)],
      ['Other files', (node) => amount(node.store?.files?.otherBytes)],
      ['Live tables', (node) => amount(node.store?.tableBytes)],
      ['Number of live tables', (node) => number(node.store?.tableCount)],
      ['Merges', (node) => number(node.store?.merges)],
      ['Merges running', (node) => number(node.store?.runningMerges)],
      ['Moved without merging', (node) => number(node.store?.trivialMoves)],
      ['Written per byte of users (write amplification)', (node) => ratio(node.store?.writeAmplification)],
    ],
  },
  {
    name: 'Writing',
    rows: [
      ['Forced to disk (fdatasync)', (node) => number(node.store?.logForces)],
      [
        'Writes for each force',
        (node) => (node.store?.logForces ? digits(node.store.writes / node.store.logForces) : undefined),
      ],
      ['Bytes of users', (node) => amount(node.store?.userBytes)],
      ['Written to the log', (node) => amount(node.store?.logBytes)],
      ['Flushed', (node) => amount(node.store?.flushedBytes)],
      ['Compacted', (node) => amount(node.store?.compactedBytes)],
      ['Memtable', (node) => amount(node.store?.memtableBytes)],
      ['Frozen memtables', (node) => number(node.store?.frozenMemtables)],
      ['Queued', (node) => amount(node.store?.queuedBytes)],
      ['Delays', (node) => number(node.store?.delays)],
      ['Delayed in all', (node) => as(millis)(node.store?.delayedMs)],
    ],
  },
  {
    name: 'Reading',
    rows: [
      ['Tables looked into for each get (read amplification)', (node) => ratio(node.store?.readAmplification)],
      ['Open scans', (node) => number(node.store?.openScans)],
      ['Writes since the oldest scan began', (node) => number(node.store?.oldestScanWrites)],
    ],
  },
];

/** A row for each level that any of the nodes has. */
export function levelRows(nodes) {
  const most = Math.max(0, ...nodes.map((node) => node.store?.levels?.length ?? 0));
  return Array.from({ length: most }, (_, i) => [`L${i}`, (node) => levelText(node.store?.levels?.[i])]);
}

function levelText(level) {
  return level && `${count(level.tableCount)} · ${bytes(level.tableBytes)} · ${bytes(level.writtenBytes)}`;
}

function millisSigned(ms) {
  return ms === 0 ? '0 ms' : `${ms > 0 ? '+' : '\u2212'}${count(Math.abs(ms))} ms`;
}
