// Requests that were slow or failed, from every node, the latest first; new ones come in live.

import { h, keyed, text } from '../dom.js';
import { list, micros, millis, timeOfDay } from '../format.js';
import { keyElement } from '../keys.js';
import { problemText } from '../members.js';
import { badge } from '../theatre/outcomes.js';

const SHOWN_MAX = 200;
const FAILED = ['refused', 'unknown'];

export function slow(main, { live, members, notices }) {
  const page = new Slow(live, members, notices);
  main.append(page.element);
  const onRequest = (event) => page.add([event.detail]);
  live.addEventListener('request', onRequest);
  page.load();
  return () => live.removeEventListener('request', onRequest);
}

class Slow {
  constructor(live, members, notices) {
    this.live = live;
    this.members = members;
    this.notices = notices;
    this.thresholdMs = Infinity;
    this.found = new Map();
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
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              ['When', 'Outcome', 'Request', 'Key', 'Through', 'Took', 'Who was late or missing', 'On stage'].map(
                (name) => h('th', { scope: 'col' }, name),
              ),
            ),
          ),
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
        this.thresholdMs = answer.value.json.thresholdMs;
        this.add(answer.value.json.requests);
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
    requests
      .filter((request) => FAILED.includes(request.outcome) || request.elapsedUs > this.thresholdMs * 1000)
      .forEach((request) => this.found.set(`${request.node}/${request.id}`, request));
    const shown = [...this.found.values()].sort((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN_MAX);
    this.empty.hidden = shown.length > 0;
    keyed(
      this.rows,
      shown,
      (request) => `${request.node}/${request.id}`,
      (request) => this.row(request),
    );
  }

  row(request) {
    const { sign, label, tone } = badge(request);
    const watch = () => {
      request.identity = `${request.node}/${request.id}`;
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

/** The slowest answer, and who gave none. */
function culprits({ evidence }) {
  const exchanges = evidence.rounds.flatMap((round) => round.replicas);
  const none = [
    ...new Set([
      ...(evidence.unreachable ?? []),
      ...exchanges.filter((each) => each.answer === 'no answer yet').map((each) => each.id),
    ]),
  ];
  const slowest = exchanges
    .filter((each) => each.answer === 'ok')
    .sort((a, b) => b.answeredUs - b.sentUs - (a.answeredUs - a.sentUs))[0];
  return [
    none.length > 0 && `without ${list(none)}`,
    slowest && `${slowest.id} took ${micros(slowest.answeredUs - slowest.sentUs)}`,
  ]
    .filter(Boolean)
    .join('; ');
}
