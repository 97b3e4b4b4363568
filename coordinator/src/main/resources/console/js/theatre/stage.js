// The stage: client, coordinator and replicas, and the messages between them at one moment of a story.

import { set, svg, text } from '../dom.js';
import { versionName } from '../versions.js';
import { badge } from './outcomes.js';
import { between, places } from './places.js';
import { countText, roundTitle } from './sentences.js';
import { arc, pill } from './shapes.js';
import { acksAt, copyAt, reachedAt, roundAt } from './moments.js';
import { flight, stepAt } from './timeline.js';

const COORDINATOR_R = 50;
const REPLICA_R = 34;
const CLIENT_R = 42;
const PILL_R = 34;
const CALL_MS = 1_000;
const GAUGE_R = 58;

const OUT = {
  query: 'version?',
  store: 'store',
  repair: 'repair',
  spread: 'store',
  prepare: 'promise?',
  accept: 'accept?',
  accept_refusal: 'refuse?',
  request_status: 'request?',
  scan: 'keys?',
  survey: 'what?',
};

export class Stage {
  constructor() {
    this.element = svg('svg', {
      class: 'stage',
      role: 'img',
      'aria-label': 'Messages between client, coordinator and replicas; the caption tells the same in words',
    });
  }

  /**
   * How the nodes are now, whatever is played: a node that is gone looks gone at once.
   *
   * @param nodes as `/v1/cluster` tells them
   */
  nodesAre(nodes) {
    this.states = new Map(nodes.map(({ id, state }) => [id, state]));
    this.drawStates();
  }

  drawStates() {
    this.replicas?.forEach(({ group, now }, id) => {
      const state = this.states?.get(id);
      const isAway = state === 'down' || state === 'silent';
      set(group, { 'data-now': state });
      text(now, isAway ? `${state} now` : '');
    });
  }

  /** Sets the scene for a story and how it is stretched. */
  load(story, times, narrow) {
    this.story = story;
    this.times = times;
    this.at = places(story.ids, narrow);
    this.messages = story.messages.map((message) => ({ message, pill: pill('message') }));
    this.replicas = new Map(story.ids.map((id) => [id, this.replica(id)]));
    this.edges = new Map(
      story.ids.map((id) => [id, this.edge(this.at.coordinator, GAUGE_R + 12, this.at.replicas.get(id), REPLICA_R)]),
    );
    this.call = pill('call');
    set(this.element, { viewBox: `0 0 ${this.at.width} ${this.at.height}` });
    this.element.replaceChildren(
      this.edge(this.at.client, CLIENT_R, this.at.coordinator, GAUGE_R + 12, 'edge idle'),
      ...this.edges.values(),
      this.client(),
      this.coordinator(),
      ...[...this.replicas.values()].map((each) => each.group),
      ...this.messages.map((each) => each.pill.group),
      this.call.group,
    );
    this.drawStates();
  }

  edge(a, gapA, b, gapB, name = 'edge') {
    const from = between(a, b, 0, gapA, gapB);
    const to = between(a, b, 1, gapA, gapB);
    return svg('line', { class: name, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
  }

  client() {
    const { x, y } = this.at.client;
    this.answerSign = svg('text', { class: 'client-sign', x, y: y + 17, 'text-anchor': 'middle' });
    this.clientBox = svg('rect', {
      class: 'client',
      x: x - CLIENT_R,
      y: y - 26,
      width: 2 * CLIENT_R,
      height: 52,
      rx: 6,
    });
    return svg(
      'g',
      {},
      this.clientBox,
      svg('text', { class: 'node-name', x, y: y - 2, 'text-anchor': 'middle' }, 'client'),
      this.answerSign,
    );
  }

  coordinator() {
    const { x, y } = this.at.coordinator;
    this.gauge = svg('g', { class: 'gauge' });
    this.ring = svg('circle', { class: 'reached-ring', cx: x, cy: y, r: GAUGE_R + 9 });
    this.count = svg('text', { class: 'count', x, y: y + 25, 'text-anchor': 'middle' });
    this.phase = svg('text', { class: 'phase', x, y: y - GAUGE_R - 22, 'text-anchor': 'middle' });
    this.seal = svg('text', { class: 'seal', x, y: y + GAUGE_R + 32, 'text-anchor': 'middle' });
    return svg(
      'g',
      {},
      svg('circle', { class: 'coordinator', cx: x, cy: y, r: COORDINATOR_R }),
      this.ring,
      this.gauge,
      svg('text', { class: 'node-name', x, y: y - 10, 'text-anchor': 'middle' }, this.story.coordinator),
      svg('text', { class: 'role', x, y: y + 5, 'text-anchor': 'middle' }, 'coordinates'),
      this.count,
      this.phase,
      this.seal,
    );
  }

  replica(id) {
    const { x, y } = this.at.replicas.get(id);
    const { dx, dy, anchor } = this.at.label;
    const copy = svg('text', { class: 'copy', x: x + dx, y: y + dy, 'text-anchor': anchor });
    const note = svg('text', { class: 'note', x: x + dx, y: y + dy + 19, 'text-anchor': anchor });
    const mark = svg('text', { class: 'mark', x: x + 25, y: y - 20, 'text-anchor': 'middle' });
    const place = this.at.now;
    const now = svg('text', { class: 'now', x: x + place.dx, y: y + place.dy, 'text-anchor': place.anchor });
    const disc = svg('circle', { class: 'mark-disc', cx: x + 25, cy: y - 25, r: 11 });
    const group = svg(
      'g',
      { class: 'replica', 'data-test': `stage-${id}` },
      svg('circle', { class: 'disc', cx: x, cy: y, r: REPLICA_R }),
      svg('text', { class: 'node-name', x, y: y + 1, 'text-anchor': 'middle' }, id),
      svg('text', { class: 'role', x, y: y + 16, 'text-anchor': 'middle' }, 'replica'),
      disc,
      mark,
      copy,
      note,
      now,
    );
    return { group, copy, note, mark, now };
  }

  /** Draws the moment at `positionMs` of the playing time. */
  draw(positionMs) {
    const at = stepAt(this.times, positionMs);
    const round = roundAt(this.story, at);
    this.drawCoordinator(round, at);
    this.replicas.forEach((drawn, id) => this.drawReplica(drawn, id, round, at));
    this.messages.forEach(({ message, pill: drawn }) => this.drawMessage(message, drawn, positionMs));
    this.drawClient(positionMs, at);
  }

  drawCoordinator(round, at) {
    const acks = round ? acksAt(this.story, round, at) : 0;
    const reached = round !== undefined && reachedAt(this.story, round, at);
    const missed = this.story.steps.some((step, i) => i <= at && step.kind === 'missed' && step.round === round?.index);
    this.drawGauge(round?.required ?? this.story.request.evidence.quorum, acks);
    set(this.ring, { class: `reached-ring${reached ? ' on' : ''}` });
    text(this.count, round ? countText(round, acks) : '');
    set(this.count, { class: `count${reached ? ' on' : missed ? ' off' : ''}` });
    text(this.phase, round ? roundTitle(round, this.story.n) : '');
    text(this.seal, reached ? this.sealOf(round) : missed ? '✕ no quorum' : '');
    set(this.seal, { class: `seal${missed ? ' off' : ''}` });
  }

  sealOf(round) {
    if (round.role === 'repair') {
      return '✓ repaired';
    }
    return round.required * 2 > this.story.n ? '✓ quorum reached' : '✓ enough for this level';
  }

  /** An arc for each answer that is needed; as many are filled as count already. */
  drawGauge(required, acks) {
    const key = `${required}/${acks}`;
    if (this.gauge.dataset.key === key) {
      return;
    }
    this.gauge.dataset.key = key;
    const { x, y } = this.at.coordinator;
    this.gauge.replaceChildren(
      ...Array.from({ length: required }, (_, i) =>
        svg('path', {
          class: i < acks ? 'arc on' : 'arc',
          d: arc(x, y, GAUGE_R, i / required, (i + 1) / required, required === 1 ? 0.002 : 0.02),
        }),
      ),
    );
  }

  drawReplica(drawn, id, round, at) {
    const message = round?.messages.find((each) => each.id === id);
    const standing = this.standing(id, round, message, at);
    const copy = copyAt(this.story, id, at);
    set(drawn.group, { class: `replica ${standing.look} copy-${copy.state}` });
    set(this.edges.get(id), { class: `edge ${standing.look}` });
    text(drawn.mark, standing.mark);
    text(drawn.copy, COPIES[copy.state](copy));
    text(drawn.note, standing.note || NOTES[copy.state]);
  }

  standing(id, round, message, at) {
    if (round?.had.includes(id)) {
      return { look: 'counted', mark: '✓', note: 'has it already' };
    }
    if ((this.story.unreachable.includes(id) && !message) || message?.fate === 'unsent') {
      return { look: 'dead', mark: '✕', note: 'cannot be reached' };
    }
    if (!message || message.from > at) {
      return { look: 'idle', mark: '', note: round && !message ? 'not asked' : '' };
    }
    return this.answered(message, at);
  }

  answered(message, at) {
    if (message.to === undefined || message.to > at) {
      const given = message.to === undefined && at >= this.story.steps.findIndex((step) => step.kind === 'outcome');
      return given ? { look: 'silent', mark: '…', note: 'no answer' } : { look: 'asked', mark: '', note: '' };
    }
    switch (message.fate) {
      case 'counted':
        return { look: 'counted', mark: '✓', note: '' };
      case 'waited':
        return { look: 'waited', mark: '✓', note: '' };
      case 'late':
        return { look: 'late', mark: '–', note: 'not waited for' };
      case 'no':
        return { look: 'no', mark: '✕', note: 'said no' };
      default:
        return { look: 'dead', mark: '✕', note: 'connection lost' };
    }
  }

  drawMessage(message, drawn, positionMs) {
    const way = flight(message, this.times, positionMs);
    const replica = this.at.replicas.get(message.id);
    if (!way || (way.way === 'there' && message.to !== undefined)) {
      drawn.hide();
      return;
    }
    const point =
      way.way === 'back'
        ? between(replica, this.at.coordinator, way.done, REPLICA_R, GAUGE_R + PILL_R)
        : between(this.at.coordinator, replica, way.done, GAUGE_R + PILL_R, REPLICA_R + 8);
    const lost = way.way === 'there';
    drawn.show(
      point,
      way.way === 'back' ? answerLabel(message) : lost ? `${OUT[message.role]} …` : OUT[message.role],
      `message ${way.way} ${message.fate}`,
    );
  }

  drawClient(positionMs, at) {
    const answerStep = this.story.steps.findIndex((step) => step.kind === 'outcome');
    if (answerStep < 0) {
      text(this.answerSign, '');
      set(this.clientBox, { class: 'client' });
      this.call.hide();
      return;
    }
    const leaves = this.times.playAt[answerStep];
    const arrives = leaves + CALL_MS;
    const mark = badge(this.story.request);
    const over = at >= answerStep && positionMs >= arrives;
    text(this.answerSign, over ? `${mark.sign} ${mark.label}` : at >= 1 ? 'waits' : '');
    set(this.clientBox, { class: `client ${over ? mark.tone : ''}` });
    if (positionMs < CALL_MS) {
      this.call.show(
        between(this.at.client, this.at.coordinator, positionMs / CALL_MS, CLIENT_R + PILL_R, GAUGE_R + PILL_R),
        VERBS[this.story.request.kind] ?? 'ask',
        'message call',
      );
    } else if (positionMs >= leaves && !over) {
      this.call.show(
        between(this.at.coordinator, this.at.client, (positionMs - leaves) / CALL_MS, GAUGE_R + PILL_R, CLIENT_R),
        mark.label,
        `message reply ${mark.tone}`,
      );
    } else {
      this.call.hide();
    }
  }
}

const VERBS = { read: 'read', write: 'write', 'conditional write': 'write if', scan: 'list', survey: 'survey' };

const COPIES = {
  unknown: () => '',
  nothing: () => 'holds nothing',
  old: (copy) => versionName(copy.version),
  newest: (copy) => versionName(copy.version),
  stored: () => 'new version',
};

const NOTES = { unknown: '', nothing: '', old: 'older: missed a write', newest: 'newest seen', stored: 'on its disk' };

function answerLabel(message) {
  if (message.fate === 'no') {
    return 'no';
  }
  return message.version !== undefined && message.role !== 'repair'
    ? versionName(message.version)
    : message.role === 'prepare'
      ? 'promised'
      : 'done';
}
