// Requests that were slow or failed, from every node, the latest first; new ones come in live. An outage is one line.

import { h, keyed, set, text } from '../dom.js';
import { duration, list, micros, millis, plural, timeOfDay } from '../format.js';
import { keyElement } from '../keys.js';
import { problemText } from '../members.js';
import { causeOf, isFailure, missingOf, outages, outcomesOf } from '../outages.js';
import { badge } from '../theatre/outcomes.js';

const LINES_MAX = 200;
/** So many are kept while the page is open, the latest ones. */
const KEPT_MAX = 2_000;
/** What a node keeps. Of an outage with more failures the beginning may be older than all that it knows. */
const NODE_KEEPS = 100;
const LASTS_MS = 5_000;
const TICK_MS = 1_000;

const COLUMNS = ['When', 'Outcome', 'Request', 'Key', 'Through', 'Took', 'Who was late or missing', 'On stage'];

export function slow(main, { live, members, notices }) {
  const page = new Slow(live, members, notices);
  main.append(page.element);
  const onRequest = (event) => page.add([event.detail]);
  live.addEventListener('request', onRequest);
  const ticking = setInterval(() => page.show(), TICK_MS);
  page.load();
  return () => {
    clearInterval(ticking);
    live.removeEventListener('request', onRequest);
  };
}

class Slow {
  constructor(live, members, notices) {
    this.live = live;
    this.members = members;
    this.notices = notices;
    this.thresholdMs = Infinity;
    this.isCut = false;
    this.found = new Map();
    /** The outages whose requests are listed, each by its first request. */
    this.opened = new Set();
    this.state = h('p', { class: 'lead', role: 'status' }, 'Asking every node\u2026');
    this.rows = h('tbody', {});
    this.empty = h('p', { class: 'empty', hidden: true }, 'None. That is how it should be.');
    this.element = h(
      'div',
      {},
      h('div', { class: 'page-head' }, h('h1', {}, 'Slow and failed requests'), this.state),
      h(
        'div',
        { class: 'panel scroll', tabindex: 0, role: 'region', 'aria-label': 'Slow and failed requests' },
        h(
          'table',
          { class: 'slow' },
          h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
          this.rows,
        ),
        this.empty,
      ),
    );
  }

  async load() {
    // Every page already says which members cannot be reached.
    const lost = this.live.unheard();
    const ids = this.members.byPromise().filter((id) => !lost.includes(id));
    const answers = await Promise.allSettled(ids.map((id) => this.members.askOne(id, '/v1/slow')));
    answers.forEach((answer) => {
      if (answer.status === 'rejected') {
        this.notices.fail(answer.reason.message);
      } else if (!answer.value.ok) {
        this.notices.fail(problemText(answer.value));
      } else {
        const { thresholdMs, requests } = answer.value.json;
        this.thresholdMs = thresholdMs;
        this.isCut ||= requests.length >= NODE_KEEPS;
        this.add(requests);
      }
    });
    this.add(this.live.requests);
    text(
      this.state,
      Number.isFinite(this.thresholdMs)
        ? `Longer than ${millis(this.thresholdMs)}, refused, or of unknown outcome; the last of each node.`
        : 'No node could be asked; new failures still come in live.',
    );
  }

  add(requests) {
    const wanted = requests.filter((request) => isFailure(request) || request.elapsedUs > this.thresholdMs * 1000);
    wanted.forEach((request) => this.found.set(identity(request), request));
    if (wanted.length > 0 || this.found.size === 0) {
      this.show();
    }
  }

  show() {
    const latest = [...this.found.values()].sort((a, b) => b.at.localeCompare(a.at));
    this.isCut ||= latest.length > KEPT_MAX;
    latest.slice(KEPT_MAX).forEach((request) => this.found.delete(identity(request)));
    const groups = outages(latest.slice(0, KEPT_MAX));
    this.empty.hidden = groups.length > 0;
    keyed(
      this.rows,
      groups.slice(0, LINES_MAX).flatMap((group) => this.lines(group, group === groups.at(-1))),
      (line) => line.key,
      (line) => (line.group ? this.outageRow(line) : this.row(line.request)),
      (element, line) => line.group && this.updateOutage(element, line),
    );
  }

  lines(group, isOldest) {
    if (!group.isOutage) {
      return group.requests.map(single);
    }
    const key = `outage ${identity(group.requests.at(-1))}`;
    const parts = this.opened.has(key) ? group.requests.map((request) => ({ ...single(request), key: `${key} ${identity(request)}` })) : [];
    return [{ key, group, isCut: isOldest && this.isCut }, ...parts];
  }

  outageRow({ key }) {
    const toggle = () => {
      this.opened.has(key) ? this.opened.delete(key) : this.opened.add(key);
      this.show();
    };
    return h(
      'tr',
      { class: 'outage', 'data-test': 'outage' },
      h('td', { class: 'num' }),
      h('td', { class: 'tone bad' }),
      h('td', { colspan: 2 }),
      h('td', {}),
      h('td', { class: 'num' }),
      h('td', { class: 'cause' }),
      h('td', {}, h('button', { type: 'button', class: 'small', 'data-test': 'outage-requests', onclick: toggle })),
    );
  }

  updateOutage(row, { key, group, isCut }) {
    const { beginMs, endMs, requests } = group;
    const lasts = Date.now() - endMs < LASTS_MS;
    const begin = `${isCut ? 'before ' : ''}${clock(beginMs)}`;
    const cells = [
      lasts ? `since ${begin}, still failing` : `${begin} to ${clock(endMs)}`,
      `✕ ${outcomesOf(group)}`,
      `an outage with ${plural(requests.length, 'request')}`,
      list([...new Set(requests.map((request) => request.node))].sort()),
      `${isCut ? 'over ' : ''}${duration((lasts ? Date.now() : endMs) - beginMs)}`,
      causeOf(group),
    ];
    cells.forEach((words, i) => text(row.children[i], words));
    const button = row.lastElementChild.firstElementChild;
    const isOpen = this.opened.has(key);
    set(button, { 'aria-expanded': String(isOpen) });
    text(button, isOpen ? 'Fold' : 'Show all');
  }

  row(request) {
    const { sign, label, tone } = badge(request);
    const watch = () => {
      request.identity = identity(request);
      this.live.wanted = request;
      location.hash = '#/theatre';
    };
    return h(
      'tr',
      {},
      h('td', { class: 'num' }, timeOfDay(new Date(request.at))),
      h('td', { class: `tone ${tone}` }, `${sign} ${label}`),
      h('td', {}, request.kind),
      h('td', {}, keyElement(request, 40)),
      h('td', {}, request.node),
      h('td', { class: 'num' }, micros(request.elapsedUs)),
      h('td', {}, culprits(request)),
      h('td', {}, h('button', { type: 'button', class: 'small', onclick: watch }, 'Watch')),
    );
  }
}

const identity = ({ node, id }) => `${node}/${id}`;
const single = (request) => ({ key: identity(request), request });
const clock = (ms) => timeOfDay(new Date(ms)).slice(0, 'hh:mm:ss'.length);

/** The slowest answer, and who gave none. */
function culprits(request) {
  const none = missingOf(request);
  const slowest = request.evidence.rounds
    .flatMap((round) => round.replicas)
    .filter((each) => each.answer === 'ok')
    .sort((a, b) => b.answeredUs - b.sentUs - (a.answeredUs - a.sentUs))[0];
  return [
    none.length > 0 && `without ${list(none)}`,
    slowest && `${slowest.id} took ${micros(slowest.answeredUs - slowest.sentUs)}`,
  ]
    .filter(Boolean)
    .join('; ');
}
