// The whole story at a glance: a lane for each party, time from left to right, every message a line.

import { set, svg } from '../dom.js';
import { micros } from '../format.js';
import { countText } from './sentences.js';

const ROW = 30;
const TOP = 26;
const BOTTOM = 26;
const TICK_GAP = 74;

export class Lanes {
  /** @param seek called with a position in playing time when the picture is clicked; the slider does it for keys */
  constructor(seek) {
    this.element = svg('svg', { class: 'lanes', 'aria-hidden': 'true' });
    this.element.addEventListener('click', (event) => {
      const box = this.element.getBoundingClientRect();
      seek(this.toTime((event.clientX - box.left) * (this.width / box.width)));
    });
  }

  load(story, times, width) {
    this.story = story;
    this.times = times;
    this.width = Math.max(300, Math.round(width));
    this.left = this.width < 500 ? 62 : 104;
    this.rows = new Map([['client', 0], ['coordinator', 1], ...story.ids.map((id, i) => [id, i + 2])]);
    this.height = TOP + this.rows.size * ROW + BOTTOM;
    set(this.element, { viewBox: `0 0 ${this.width} ${this.height}`, height: this.height });
    this.future = svg('rect', { class: 'future', y: TOP, height: this.height - TOP, x: this.left, width: 0 });
    this.head = svg('line', { class: 'head', y1: TOP - 6, y2: this.height - BOTTOM });
    this.element.replaceChildren(
      ...this.bands(),
      ...this.names(),
      ...this.quorums(),
      ...this.calls(),
      ...story.messages.flatMap((message) => this.message(message)),
      ...this.ticks(),
      this.future,
      this.head,
    );
  }

  draw(positionMs) {
    const x = this.x(positionMs);
    set(this.future, { x, width: Math.max(0, this.width - x) });
    set(this.head, { x1: x, x2: x });
  }

  x(playMs) {
    return this.left + ((this.width - this.left - 14) * playMs) / this.times.lengthMs;
  }

  toTime(x) {
    return Math.max(0, Math.min(1, (x - this.left) / (this.width - this.left - 14))) * this.times.lengthMs;
  }

  y(row) {
    return TOP + this.rows.get(row) * ROW + ROW / 2;
  }

  at(step) {
    return this.x(this.times.playAt[step]);
  }

  stepOf(kind, round) {
    return this.story.steps.findIndex(
      (step) => step.kind === kind && (round === undefined || step.round === round.index),
    );
  }

  /** Each round a shaded band, with its number. */
  bands() {
    return this.story.rounds.flatMap((round) => {
      const from = this.at(this.stepOf('round', round));
      const end = this.stepOf(round.decidedUs === undefined ? 'missed' : 'quorum', round);
      const to = this.at(end);
      return [
        svg('rect', {
          class: 'band',
          x: from,
          y: TOP,
          width: Math.max(2, to - from),
          height: this.height - TOP - BOTTOM,
        }),
        svg(
          'text',
          { class: 'band-name', x: from + 4, y: TOP - 8 },
          this.width < 500 ? `${round.index + 1}: ${round.phase}` : `round ${round.index + 1}: ${round.phase}`,
        ),
      ];
    });
  }

  names() {
    const short = this.width < 500;
    const name = (row) =>
      row === 'coordinator' ? (short ? `${this.story.coordinator} asks` : `${this.story.coordinator} coordinates`) : row;
    return [...this.rows.keys()].flatMap((row) => {
      const dead = this.story.unreachable.includes(row);
      return [
        svg('text', { class: dead ? 'lane-name dead' : 'lane-name', x: 0, y: this.y(row) + 4 }, name(row)),
        svg('line', {
          class: dead ? 'lane dead' : 'lane',
          x1: this.left,
          x2: this.width,
          y1: this.y(row),
          y2: this.y(row),
        }),
        ...(dead
          ? [svg('text', { class: 'lane-note dead', x: this.left + 6, y: this.y(row) - 4 }, '✕ cannot be reached')]
          : []),
      ];
    });
  }

  quorums() {
    return this.story.rounds
      .filter((round) => round.decidedUs !== undefined)
      .flatMap((round) => {
        const x = this.at(this.stepOf('quorum', round));
        return [
          svg('line', { class: 'quorum-line', x1: x, x2: x, y1: TOP, y2: this.height - BOTTOM }),
          svg(
            'text',
            { class: 'quorum-name', x: x - 5, y: this.y('client') + 4 },
            `✓ ${countText(round, round.required)}`,
          ),
        ];
      });
  }

  calls() {
    if (this.stepOf('outcome') < 0) {
      return [];
    }
    const outcome = this.at(this.stepOf('outcome'));
    const later = Math.min(this.x(this.times.lengthMs), outcome + 18);
    return [
      svg('line', { class: 'way', x1: this.x(0), y1: this.y('client'), x2: this.at(1), y2: this.y('coordinator') }),
      svg('line', { class: 'way reply', x1: outcome, y1: this.y('coordinator'), x2: later, y2: this.y('client') }),
      svg('circle', { class: 'end reply', cx: later, cy: this.y('client'), r: 4 }),
    ];
  }

  message(message) {
    const from = this.at(message.from);
    const y = this.y(message.id);
    const to = message.to === undefined ? undefined : this.at(message.to);
    const turn = to === undefined ? from + 24 : (from + to) / 2;
    const look = message.fate;
    if (look === 'unsent') {
      return [svg('text', { class: 'lane-note dead', x: from + 4, y: y - 4 }, '✕')];
    }
    const out = svg('line', { class: `way ${look}`, x1: from, y1: this.y('coordinator'), x2: turn, y2: y });
    if (to === undefined) {
      return [out, svg('text', { class: 'lane-note silent', x: turn + 5, y: y + 4 }, '… no answer')];
    }
    return [
      out,
      svg('circle', { class: `turn ${look}`, cx: turn, cy: y, r: 3 }),
      svg('line', { class: `way back ${look}`, x1: turn, y1: y, x2: to, y2: this.y('coordinator') }),
      svg('circle', { class: `end ${look}`, cx: to, cy: this.y('coordinator'), r: 3.5 }),
    ];
  }

  /** Real times, where there is room for them. */
  ticks() {
    let last = -Infinity;
    return this.story.steps.flatMap((step, i) => {
      const x = this.at(i);
      if (x - last < TICK_GAP || x > this.width - 40) {
        return [];
      }
      last = x;
      return [
        svg('line', { class: 'tick', x1: x, x2: x, y1: this.height - BOTTOM, y2: this.height - BOTTOM + 5 }),
        svg('text', { class: 'tick-name', x, y: this.height - 6 }, micros(step.atUs)),
      ];
    });
  }
}
