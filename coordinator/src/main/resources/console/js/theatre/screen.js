// One story on show: what it is, the stage, the caption, the controls, the lanes, the steps as a list.

import { h, keyed, set, text } from '../dom.js';
import { list, timeOfDay } from '../format.js';
import { keyElement, keyTyped } from '../keys.js';
import { Controls } from './controls.js';
import { Lanes } from './lanes.js';
import { badge } from './outcomes.js';
import { Player } from './player.js';
import { sentence } from './sentences.js';
import { Stage } from './stage.js';
import { ackedBy, ackedLate, stillness, story } from './story.js';
import { stepAt, timeline } from './timeline.js';

const NARROW_PX = 620;

export class Screen {
  /**
   * @param tour the step that is due, above the stage
   * @param handoff what goes on behind the stage, whatever is played on it
   */
  constructor(tour, handoff) {
    this.player = new Player();
    this.stage = new Stage();
    this.lanes = new Lanes((positionMs) => this.player.seek(positionMs));
    this.controls = new Controls(this.player);
    this.summary = h('div', { class: 'summary' });
    this.title = h('p', { class: 'caption-title' });
    this.words = h('p', { class: 'caption-text' });
    this.caption = h('div', { class: 'caption', 'aria-live': 'polite', 'aria-atomic': 'true' }, this.title, this.words);
    this.script = h('ol', { class: 'script' });
    this.theatre = h(
      'div',
      { class: 'theatre-show', hidden: true },
      this.summary,
      this.stage.element,
      this.caption,
      this.controls.element,
      handoff,
      h('div', { class: 'lanes-frame' }, this.lanes.element),
      h(
        'p',
        { class: 'hint' },
        'Slowed down about a thousand times, short gaps widened, long waits cut; the figures below the lanes are the real times. The moment when a message reached its replica is not measured. It is drawn half way.',
      ),
      h('details', { class: 'script-frame' }, h('summary', {}, 'Every step in words'), this.script),
    );
    this.empty = h(
      'p',
      { class: 'empty' },
      'Asking the cluster\u2026',
    );
    this.element = h(
      'section',
      { class: 'panel screen', 'aria-labelledby': 'screen-title' },
      h('h2', { id: 'screen-title', class: 'ears' }, 'On stage'),
      tour,
      this.empty,
      this.theatre,
    );
    this.player.addEventListener('move', () => this.draw());
    this.resized = new ResizeObserver(() => this.onResize());
    this.resized.observe(this.element);
  }

  stop() {
    this.player.pause();
    this.resized.disconnect();
  }

  /** Nothing has been asked yet: the replicas as they are. */
  rest(ids, coordinator) {
    this.story = stillness(ids, coordinator);
    this.present(0);
    this.summary.replaceChildren(h('span', { class: 'fact-name' }, 'No request yet'));
  }

  nodesAre(nodes) {
    this.stage.nodesAre(nodes);
  }

  /** @param positionMs where to begin; with `play` it goes on from there by itself */
  show(request, ids, { play = true, positionMs = 0 } = {}) {
    this.request = request;
    this.story = story(request, ids);
    this.present(positionMs);
    this.drawSummary();
    if (play) {
      this.player.play();
    }
  }

  present(positionMs) {
    this.sentences = this.story.steps.map((_, i) => sentence(this.story, i));
    this.times = timeline(this.story, (i) => this.sentences[i].text.length);
    this.theatre.hidden = false;
    this.empty.hidden = true;
    this.drawScript();
    this.layOut();
    this.player.load(this.times, positionMs);
  }

  /** More has become known of what is on show: late answers, mostly. It goes on where it is. */
  replace(request, ids) {
    const { positionMs, playing, atEnd } = this.player;
    this.show(request, ids, { play: false, positionMs });
    if (playing || atEnd) {
      this.player.run(this.times.lengthMs);
    }
  }

  /** On a narrow window the stage is not where the panel is. */
  comeIntoView() {
    const { top, bottom } = this.stage.element.getBoundingClientRect();
    if (bottom < 120 || top > innerHeight - 120) {
      this.element.scrollIntoView({
        block: 'start',
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth',
      });
    }
  }

  get idle() {
    return !this.story || (!this.player.playing && this.player.atEnd);
  }

  onResize() {
    if (this.story && this.element.clientWidth !== this.laidOut) {
      this.layOut();
      this.draw();
    }
  }

  layOut() {
    this.laidOut = this.element.clientWidth;
    this.stage.load(this.story, this.times, this.laidOut < NARROW_PX);
    this.lanes.load(this.story, this.times, this.lanes.element.parentElement.clientWidth);
    this.at = undefined;
  }

  draw() {
    if (!this.story) {
      return;
    }
    const positionMs = this.player.drawnMs;
    this.stage.draw(positionMs);
    this.lanes.draw(positionMs);
    const at = stepAt(this.times, positionMs);
    if (at !== this.at) {
      this.at = at;
      this.drawStep(at);
    }
  }

  drawStep(at) {
    text(this.title, this.sentences[at].title);
    text(this.words, this.sentences[at].text);
    set(this.caption, { class: `caption step-${this.story.steps[at].kind}` });
    this.controls.tell(`step ${at + 1} of ${this.story.steps.length}: ${this.sentences[at].title}`);
    [...this.script.children].forEach((item, i) =>
      set(item.firstElementChild, { 'aria-current': i === at ? 'step' : null }),
    );
  }

  drawScript() {
    this.script.replaceChildren();
    keyed(
      this.script,
      this.story.steps.map((step, i) => ({ step, i })),
      ({ i }) => i,
      ({ i }) =>
        h(
          'li',
          {},
          h(
            'button',
            { type: 'button', class: 'script-step', onclick: () => this.player.seek(this.times.playAt[i] + 1) },
            h('strong', {}, this.sentences[i].title),
            ' ',
            h('span', {}, this.sentences[i].text),
          ),
        ),
    );
  }

  drawSummary() {
    const { request } = this.story;
    const { sign, label, tone } = badge(request);
    const late = ackedLate(this.story).length;
    const acks = ackedBy(this.story).length + late;
    const repaired = [...request.evidence.repaired, ...this.story.behind];
    this.summary.replaceChildren(
      ...[
        h('span', { class: `badge ${tone}` }, h('span', { 'aria-hidden': 'true' }, `${sign} `), label),
        h('span', { class: 'summary-what' }, h('span', { class: 'kind' }, request.kind), ' ', keyElement(request, 32)),
        fact('through', this.story.coordinator),
        fact('level', request.level ?? 'linearizable'),
        h(
          'span',
          { class: 'fact' },
          h('span', { 'data-test': 'theatre-acks', class: 'figure' }, `${acks} ${acks === 1 ? 'ack' : 'acks'}`),
          h(
            'span',
            { class: 'fact-name' },
            ` of ${this.story.n}, ${request.evidence.quorum} needed${late > 0 ? `, ${late} late` : ''}`,
          ),
        ),
        repaired.length > 0 &&
          h(
            'span',
            { class: 'fact repaired' },
            h('span', { class: 'fact-name' }, 'repaired '),
            h('span', { 'data-test': 'theatre-repaired', class: 'figure' }, list(repaired)),
            this.story.behind.length > 0 && h('span', { class: 'fact-name' }, ' behind the answer'),
          ),
        (request.key ?? request.key64) !== undefined &&
          h('a', { class: 'fact', href: `#/inspector/${encodeURIComponent(keyTyped(request))}` }, 'inspect the key'),
        request.at && fact('at', timeOfDay(new Date(request.at))),
      ].filter(Boolean),
    );
  }
}

function fact(name, value) {
  return h(
    'span',
    { class: 'fact' },
    h('span', { class: 'fact-name' }, `${name} `),
    h('span', { class: 'figure' }, value),
  );
}
