// A guided tour as a checklist. Each step is noticed when it has happened, whoever did it: this page, a terminal, anyone.

import { forEars, h, set, text } from '../dom.js';
import { capital, word } from '../format.js';
import { problemText } from '../members.js';
import { grey } from '../session.js';
import { harm, outage } from './harm.js';

/** Kept while the reader looks at another page. */
const progress = { done: 0, victim: undefined };

export class Tour {
  /** @param sender does the requests of the tour, so that its answers are seen */
  constructor({ session, members, live, notices }, sender) {
    this.session = session;
    this.members = members;
    this.live = live;
    this.notices = notices;
    this.sender = sender;
    this.items = STEPS.map((step, i) => this.item(step, i));
    this.progress = h('span', { class: 'tour-progress' });
    this.now = new TourNow((step) => this.act(step), () => this.begin());
    this.element = h(
      'details',
      { class: 'panel tour', open: true },
      h('summary', {}, h('h2', {}, 'A tour in five steps'), this.progress),
      h(
        'p',
        { class: 'hint' },
        'See what a majority is good for: lose a node, notice nothing, get it back, watch it catch up.',
      ),
      h(
        'ol',
        {},
        this.items.map((item) => item.element),
      ),
    );
    this.onRequest = (event) => this.notice({ request: event.detail });
    this.onCluster = () => this.notice({});
    live.addEventListener('request', this.onRequest);
    live.addEventListener('cluster', this.onCluster);
    this.show();
  }

  stop() {
    this.live.removeEventListener('request', this.onRequest);
    this.live.removeEventListener('cluster', this.onCluster);
  }

  begin() {
    progress.done = 0;
    progress.victim = undefined;
    this.show();
  }

  /** The last member that is not the one that serves this page. */
  get target() {
    progress.victim ??= this.live
      .nodes()
      .map((node) => node.id)
      .filter((id) => id !== this.members.home)
      .at(-1);
    return progress.victim ?? 'n3';
  }

  isUp() {
    return ['up', 'slow'].includes(this.live.nodes().find((node) => node.id === this.target)?.state);
  }

  get faultsAllowed() {
    return this.live.view()?.faultsAllowed === true;
  }

  item(step, index) {
    const words = h('span', { class: 'tour-words' });
    const state = forEars('');
    const box = h('span', { class: 'tour-box', 'aria-hidden': 'true', 'data-sign': index + 1 });
    return { words, state, element: h('li', { 'data-step': index + 1 }, box, state, words) };
  }

  /** Why a step does harm now. Undefined if it does none. */
  harm(step) {
    return step.fault === 'kill' ? harm(this.live.fresh(), this.target) : undefined;
  }

  async act(step) {
    if (step.fault) {
      const answer = await this.members
        .injectFault({ fault: step.fault, node: this.target })
        .catch((failure) => this.notices.fail(failure.message));
      if (answer && !answer.ok) {
        this.notices.fail(problemText(answer));
      }
      return;
    }
    this.sender.level.value = 'linearizable';
    this.sender.hint();
    if (!this.members.reachable(this.sender.chosen())) {
      this.sender.through.value = this.members.byPromise()[0];
    }
    if (step.value) {
      this.sender.value.value = step.value;
    }
    await this.sender[step.send]();
  }

  notice(event) {
    while (progress.done < STEPS.length && STEPS[progress.done].happened(this, event)) {
      progress.done++;
      event = {};
    }
    this.show();
  }

  show() {
    text(this.progress, progress.done === STEPS.length ? 'done' : `${progress.done} of ${STEPS.length}`);
    STEPS.forEach((step, i) => {
      const item = this.items[i];
      const state = i < progress.done ? 'done' : i === progress.done ? 'now' : 'later';
      set(item.element, { class: `tour-step ${state}`, 'aria-current': state === 'now' ? 'step' : null });
      text(item.state, state === 'done' ? 'Done: ' : '');
      text(item.words, step.words(this.target, this.live.nodes().length || 3));
    });
    this.showNow();
  }

  showNow() {
    const step = STEPS[progress.done];
    if (!step) {
      this.now.end(this.live.nodes().length || 3);
      return;
    }
    const harm = this.harm(step);
    this.now.show(step, {
      title: `Step ${progress.done + 1} of ${STEPS.length}`,
      words: harm ?? step.words(this.target, this.live.nodes().length || 3),
      label: step.label.replace('n3', this.target),
      command: step.fault && !this.faultsAllowed ? step.command(this.target) : undefined,
      missing: step.fault ? this.session.missing('operate') : this.session.missingForKey(step.send, this.sender.key.value),
      harm,
    });
  }
}

/** The step that is due, with its button, beside the stage. */
class TourNow {
  constructor(act, begin) {
    this.title = h('strong', {});
    this.words = h('span', {});
    this.act = h('button', { type: 'button', class: 'primary', 'data-test': 'tour-act', onclick: () => act(this.step) });
    this.command = h('code', { class: 'command' });
    this.again = h('button', { type: 'button', onclick: begin, 'data-test': 'tour-again' }, 'Begin anew');
    this.element = h(
      'section',
      { class: 'tour-now', 'aria-label': 'The tour: the next step', 'data-test': 'tour-now' },
      h('p', {}, this.title, ' ', this.words),
      this.act,
      this.command,
      this.again,
    );
  }

  show(step, { title, words, label, command, missing, harm }) {
    this.step = step;
    text(this.title, `${title}.`);
    text(this.words, words);
    text(this.act, label);
    grey(this.act, harm ?? missing);
    this.act.hidden = command !== undefined;
    this.command.hidden = command === undefined || harm !== undefined;
    text(this.command, command ?? '');
    this.again.hidden = true;
    set(this.element, { 'data-harm': harm !== undefined });
  }

  /** @param n how many nodes the cluster has */
  end(n) {
    text(this.title, 'The tour is done.');
    text(this.words, `Go on by yourself: ${outage(n)}, and see what a cluster without a majority says.`);
    this.act.hidden = true;
    this.command.hidden = true;
    this.again.hidden = false;
    set(this.element, { 'data-harm': false });
  }
}

/** Of the key in the panel only: other load on the cluster takes no steps of the tour. */
const isOurs = (tour, request) => request !== undefined && request.key === tour.sender.key.value;
const isWrite = (tour, { request }) => isOurs(tour, request) && request.outcome === 'applied';

const STEPS = [
  {
    send: 'write',
    label: 'Write',
    value: 'hello',
    words: (id, n) => `Write a key. ${capital(word(Math.floor(n / 2) + 1))} of ${word(n)} disks suffice.`,
    happened: isWrite,
  },
  {
    fault: 'kill',
    label: 'Kill n3',
    command: (id) => `quorate cluster kill ${id}`,
    words: (id) => `Kill ${id}. No other node is notified: there is nothing to elect.`,
    happened: (tour) => tour.live.view() !== undefined && !tour.isUp(),
  },
  {
    send: 'write',
    label: 'Write again',
    value: 'still here',
    words: (id) => `Write the key again. No error, no pause: ${id} just misses it.`,
    happened: (tour, event) => isWrite(tour, event) && !event.request.evidence.acked.includes(tour.target),
  },
  {
    fault: 'start',
    label: 'Start n3',
    command: (id) => `quorate cluster start ${id}`,
    words: (id) => `Bring ${id} back. The others noted what it missed, and send it now: hinted handoff.`,
    happened: (tour) => tour.isUp(),
  },
  {
    send: 'read',
    label: 'Read',
    words: (id) => `Read the key: ${id} has caught up. A read that had met it before would have repaired it.`,
    happened: (tour, { request }) => isOurs(tour, request) && request.kind === 'read',
  },
];
