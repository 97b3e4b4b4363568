// Hinted handoff as it happens: which keys a replica missed, who keeps them for it, and their way to it when it is back.

import { h, keyed, set, text } from '../dom.js';
import { count, list } from '../format.js';

const ASK_EVERY_MS = 1_000;
/** How long the page still says that a replica caught up. */
const DONE_SHOWN_MS = 12_000;

export class Handoff {
  constructor({ members, live }) {
    this.members = members;
    this.live = live;
    this.rows = h('ul', { class: 'handoff-rows' });
    this.none = h('p', { class: 'hint' });
    this.element = h('section', { class: 'handoff', 'aria-label': 'Hinted handoff', role: 'status' }, this.rows, this.none);
    this.told = new Told();
    this.timer = setInterval(() => document.hidden || this.ask(), ASK_EVERY_MS);
  }

  stop() {
    clearInterval(this.timer);
  }

  async ask() {
    const answer = await this.members.ask('/v1/convergence').catch(() => undefined);
    if (answer?.status === 403) {
      this.stop(); // the user may not ask
    }
    if (answer?.ok) {
      this.told.hear(answer.json.hints, Date.now());
      text(this.none, 'No hints are kept: no replica waits for a write that it missed.');
    }
    this.show();
  }

  show() {
    const rows = this.told.rows((id) => this.isUp(id), Date.now());
    this.none.hidden = rows.length > 0;
    keyed(
      this.rows,
      rows,
      ({ target }) => target,
      () => h('li', { class: 'handoff-row' }, keepers(), h('span', { class: 'handoff-way' }, parcel()), target(), words()),
      update,
    );
  }

  isUp(id) {
    return ['up', 'slow'].includes(this.live.nodes().find((node) => node.id === id)?.state);
  }
}

const keepers = () => h('span', { class: 'handoff-node' });
const parcel = () => h('span', { class: 'handoff-parcel' });
const target = () => h('span', { class: 'handoff-node' });
const words = () => h('span', { class: 'handoff-words', 'data-test': 'handoff' });

function update(row, { target: id, keptBy, waiting, phase }) {
  const [from, way, to, said] = row.children;
  set(row, { 'data-phase': phase });
  text(from, list(keptBy));
  text(way.firstElementChild, phase === 'done' ? '✓' : `${count(waiting)} ${waiting === 1 ? 'key' : 'keys'}`);
  text(to, id);
  text(said, WORDS[phase](id, keptBy, waiting));
}

const keys = (waiting) => `${count(waiting)} ${waiting === 1 ? 'key' : 'keys'}`;

const WORDS = {
  kept: (id, keptBy, waiting) =>
    `${id} missed ${keys(waiting)}. ${list(keptBy)} noted ${waiting === 1 ? 'it' : 'them'} in the write itself.`,
  sent: (id, keptBy, waiting) => `${id} is back. ${list(keptBy)} send ${keys(waiting)} now; no client has to read.`,
  done: (id, keptBy, waiting) => `${id} has what it missed: ${keys(waiting)}, by hinted handoff.`,
};

/** What was told of each target, and for a while that it caught up. Pure. */
export class Told {
  constructor() {
    this.targets = new Map();
  }

  /** @param hints as `/v1/convergence` shows them */
  hear(hints, nowMs) {
    for (const { target: id, waiting, keptBy } of hints) {
      const before = this.targets.get(id);
      if (waiting > 0) {
        const most = before && before.doneMs === undefined ? Math.max(before.most, waiting) : waiting;
        this.targets.set(id, { target: id, waiting, keptBy, most });
      } else if (before && before.doneMs === undefined) {
        this.targets.set(id, { ...before, waiting: 0, doneMs: nowMs });
      }
    }
  }

  rows(isUp, nowMs) {
    return [...this.targets.values()]
      .filter(({ doneMs }) => doneMs === undefined || nowMs - doneMs < DONE_SHOWN_MS)
      .map(({ target: id, waiting, keptBy, most, doneMs }) => ({
        target: id,
        keptBy,
        waiting: doneMs === undefined ? waiting : most,
        phase: doneMs !== undefined ? 'done' : isUp(id) ? 'sent' : 'kept',
      }));
  }
}
