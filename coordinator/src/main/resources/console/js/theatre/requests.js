// The list of the latest requests of the whole cluster, to pick one from.

import { forEyes, h, keyed, set, text } from '../dom.js';
import { list, micros } from '../format.js';
import { keyElement } from '../keys.js';
import { badge } from './outcomes.js';
import { story } from './story.js';

const SHOWN_MAX = 40;
const SHOW_EVERY_MS = 400;
/** A finger leaves its last place hovered for good. */
const canHover = matchMedia('(hover: hover)');

const FILTERS = {
  all: () => true,
  writes: (request) => request.kind.includes('write'),
  remarkable: (request) =>
    remarks(request).length > 0 || !['applied', 'read', 'scanned', 'surveyed'].includes(request.outcome),
};

export class Requests {
  constructor(live, pick) {
    this.live = live;
    this.pick = pick;
    this.chosen = undefined;
    this.items = h('ol', { class: 'requests' });
    this.empty = h(
      'p',
      { class: 'hint' },
      'None yet. Send one above, or put load on the cluster: every node tells of what it coordinates.',
    );
    this.more = h('p', { class: 'hint' });
    this.filter = h(
      'select',
      { id: 'request-filter', 'aria-label': 'Which requests to list', onchange: () => this.show() },
      h('option', { value: 'all' }, 'all'),
      h('option', { value: 'writes' }, 'writes'),
      h('option', { value: 'remarkable' }, 'remarkable'),
    );
    this.element = h(
      'section',
      { class: 'panel latest', 'aria-labelledby': 'latest-title' },
      h('div', { class: 'panel-head' }, h('h2', { id: 'latest-title' }, 'Latest requests'), this.filter),
      this.empty,
      this.items,
      this.more,
    );
    this.due = undefined;
    this.onRequest = () => this.soon();
    live.addEventListener('request', this.onRequest);
    this.show();
  }

  stop() {
    clearTimeout(this.due);
    this.live.removeEventListener('request', this.onRequest);
  }

  /** Under load the list changes a few times a second, not with every event; and not under a pointer about to click. */
  soon() {
    this.due ??= setTimeout(() => {
      this.due = undefined;
      if (canHover.matches && this.items.matches(':hover')) {
        this.soon();
      } else {
        this.show();
      }
    }, SHOW_EVERY_MS);
  }

  choose(identity) {
    this.chosen = identity;
    [...this.items.children].forEach((item) => this.mark(item));
  }

  mark(item) {
    set(item.firstElementChild, { 'aria-current': item.dataset.key === this.chosen ? 'true' : null });
  }

  show() {
    const shown = this.live.requests.filter(FILTERS[this.filter.value]).slice(0, SHOWN_MAX);
    this.empty.hidden = shown.length > 0;
    const unshown = [...this.live.views.values()].reduce((sum, view) => sum + (view.rates?.notShownPerS ?? 0), 0);
    text(
      this.more,
      unshown > 0
        ? `${Math.ceil(unshown)} more a second are not shown: the nodes tell of a few only, the failed and slow ones first.`
        : '',
    );
    keyed(
      this.items,
      shown,
      (request) => request.identity,
      (request) => this.entry(request),
      (item) => this.mark(item),
    );
  }

  entry(request) {
    const { sign, label, tone } = badge(request);
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'request', 'data-test': 'theatre-request', onclick: () => this.pick(request) },
        h('span', { class: `sign ${tone}` }, sign),
        h('span', { class: 'request-what' }, h('span', { class: 'kind' }, request.kind), ' ', keyElement(request, 22)),
        h('span', { class: 'request-time' }, micros(request.elapsedUs)),
        h(
          'span',
          { class: 'request-more' },
          `${label} through ${request.node}`,
          ...remarks(request).map((remark) => h('span', { class: 'remark' }, forEyes('· '), remark)),
        ),
      ),
    );
  }
}

/** What makes a request worth a look. */
function remarks(request) {
  const { evidence } = request;
  const found = [];
  if (evidence.repaired?.length > 0) {
    found.push(`repaired ${list(evidence.repaired)}`);
  }
  const { behind } = story(request, []);
  if (behind.length > 0) {
    found.push(`repaired ${list(behind)} behind the answer`);
  }
  const silent = [
    ...new Set(
      evidence.rounds
        .flatMap((round) => round.replicas)
        .filter((each) => each.answer === 'no answer yet')
        .map((each) => each.id),
    ),
  ];
  if (silent.length > 0) {
    found.push(`${list(silent)} silent`);
  }
  if (evidence.unreachable?.length > 0) {
    found.push(`without ${list(evidence.unreachable)}`);
  }
  return found;
}
