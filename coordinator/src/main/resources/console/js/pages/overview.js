// How the cluster is: what it can bear, who is there, how fast it answers.

import { h, keyed, set, text } from '../dom.js';
import { bytes, capital, count, list, millis, timeOfDay, word } from '../format.js';
import { Chart } from '../chart.js';
import { apart, inDoubt } from '../doubt.js';
import { filesWords, spaceFor } from '../figures.js';
import { episodes, words } from '../shedding.js';
import { standing } from '../standing.js';

/** What is said of the cluster may change because nothing came. */
const TICK_MS = 500;
const EPISODES_MAX = 5;

export function overview(main, { live, history }) {
  const page = new Overview(live, history);
  main.append(page.element);
  const update = () => page.update();
  live.addEventListener('cluster', update);
  live.addEventListener('request', update);
  const ticking = setInterval(update, TICK_MS);
  const stopHistory = history.listen(() => page.updateCharts());
  update();
  page.updateCharts();
  return () => {
    live.removeEventListener('cluster', update);
    live.removeEventListener('request', update);
    clearInterval(ticking);
    stopHistory();
    page.stop();
  };
}

class Overview {
  constructor(live, history) {
    this.live = live;
    this.history = history;
    this.margin = h('p', { class: 'margin', 'data-test': 'margin' }, 'asking the cluster\u2026');
    this.why = h('p', { class: 'margin-why' });
    this.dots = h('div', { class: 'margin-dots', 'aria-hidden': 'true' });
    this.figures = h('dl', { class: 'figures' });
    this.nodes = h('ul', { class: 'nodes' });
    this.rates = new Chart('Requests a second', RATES, (value) => count(Math.round(value * 10) / 10), { whole: true });
    this.delays = new Chart('Time to answer, slowest coordinator', DELAYS, (value) => millis(value));
    this.shedLines = h('ul', { class: 'shed-lines' });
    this.shedding = h(
      'section',
      { class: 'panel', 'aria-labelledby': 'shed-title', hidden: true, 'data-test': 'shedding' },
      h('h2', { id: 'shed-title' }, 'Refused since there were too many'),
      this.shedLines,
    );
    this.element = h(
      'div',
      { class: 'overview' },
      h('h1', { class: 'ears' }, 'Overview'),
      h(
        'section',
        { class: 'panel margin-panel', 'aria-label': 'What the cluster can bear' },
        this.dots,
        h('div', { class: 'margin-words' }, this.margin, this.why),
        h(
          'div',
          { class: 'invitation' },
          h('p', {}, 'Lose a node, and notice nothing.'),
          h('a', { class: 'button primary', href: '#/theatre', 'data-test': 'take-tour' }, 'Take the tour'),
        ),
      ),
      this.figures,
      h('section', { 'aria-labelledby': 'nodes-title' }, h('h2', { id: 'nodes-title' }, 'Nodes'), this.nodes),
      h('div', { class: 'charts' }, this.rates.element, this.delays.element),
      this.shedding,
    );
  }

  stop() {
    this.rates.stop();
    this.delays.stop();
  }

  update() {
    const view = this.live.view();
    if (!view) {
      return;
    }
    const nodes = inDoubt(view.nodes, this.live.fresh());
    this.updateMargin(view, nodes);
    this.updateFigures();
    keyed(
      this.nodes,
      nodes,
      (node) => node.id,
      (node) => nodeCard(node),
      (card, node) => updateCard(card, node, this.live),
    );
  }

  updateMargin(view, nodes) {
    const { tone, title } = standing(this.live.told(), this.live.requests, Date.now());
    text(this.margin, title);
    set(this.margin, { class: `margin ${tone}` });
    // Beside refused requests it would sound as if all were well.
    const everyone = tone === 'bad' ? '' : 'Everyone is here.';
    const slow = nodes.filter((node) => node.state === 'slow').map((node) => node.id);
    const away = nodes.filter((node) => node.state !== 'up' && node.state !== 'slow').map((node) => node.id);
    text(
      this.why,
      `${capital(word(view.voting))} of ${word(view.nodes.length)} replicas vote; ${word(view.quorum)} make a majority. ${away.length === 0 ? everyone : `${list(away)} ${away.length === 1 ? 'is' : 'are'} away.`} ${slow.length === 0 ? '' : `${list(slow)} ${slow.length === 1 ? 'is' : 'are'} slow.`} ${apart(nodes) || this.dissent(view)}`,
    );
    keyed(
      this.dots,
      nodes,
      (node) => node.id,
      () => h('span', {}),
      (dot, node) => set(dot, { class: `dot ${node.state}` }),
    );
  }

  /** A node that is cut off sees another cluster than the others: say so instead of averaging. */
  dissent(view) {
    const others = this.live.fresh().filter((each) => each.up < view.up).map((each) => each.coordinator);
    return others.length === 0 ? '' : `${list(others)} ${others.length === 1 ? 'sees' : 'see'} fewer.`;
  }

  updateFigures() {
    const now = this.history.latest();
    const figures = [
      ['Reads', now ? `${count(Math.round(now.reads))} / s` : '\u2013'],
      ['Writes', now ? `${count(Math.round(now.writes))} / s` : '\u2013'],
      ['Failed', now ? `${count(Math.round(now.failed))} / s` : '\u2013'],
      ['Refused, too many', now ? `${count(Math.round(now.shed))} / s` : '\u2013'],
      ['Read p50 / p99', now ? `${millis(now.readP50)} / ${millis(now.readP99)}` : '\u2013'],
      ['Write p50 / p99', now ? `${millis(now.writeP50)} / ${millis(now.writeP99)}` : '\u2013'],
      ['Repaired by reads', count(this.repairs())],
    ];
    keyed(
      this.figures,
      figures,
      ([name]) => name,
      ([name]) => h('div', {}, h('dt', {}, name), h('dd', {})),
      (row, [, value]) => text(row.lastElementChild, value),
    );
  }

  repairs() {
    return [...this.live.views.values()].reduce(
      (sum, view) => sum + (view.readRepairs?.foreground ?? 0) + (view.readRepairs?.background ?? 0),
      0,
    );
  }

  updateCharts() {
    const changes = this.history.changes();
    this.rates.show(this.history.columns(['reads', 'writes', 'failed', 'shed']), changes);
    this.delays.show(this.history.columns(['readP50', 'readP99', 'writeP50', 'writeP99']), changes);
    this.updateShedding();
  }

  /** By class and reason, when it happened. */
  updateShedding() {
    const latest = episodes(this.history.samples()).slice(0, EPISODES_MAX);
    set(this.shedding, { hidden: latest.length === 0 });
    keyed(
      this.shedLines,
      latest,
      ({ beginS }) => String(beginS),
      () => h('li', {}),
      (line, episode) =>
        text(line, `${clock(episode.beginS)} to ${clock(episode.endS)}: ${words(episode)}. Nothing of them was applied.`),
    );
  }
}

const clock = (seconds) => timeOfDay(new Date(seconds * 1000)).slice(0, 8);

const RATES = [
  { label: 'reads', token: 'blue' },
  { label: 'writes', token: 'accent' },
  { label: 'failed', token: 'red', dash: [4, 3] },
  { label: 'refused, too many', token: 'amber', dash: [2, 3] },
];
const DELAYS = [
  { label: 'read p50', token: 'blue', dash: [2, 3] },
  { label: 'read p99', token: 'blue' },
  { label: 'write p50', token: 'accent', dash: [2, 3] },
  { label: 'write p99', token: 'accent' },
];

const STATES = {
  up: { sign: '●', words: 'up' },
  slow: { sign: '◔', words: 'slow', means: 'reads ask it last' },
  silent: { sign: '◌', words: 'silent', means: 'connected, but it does not answer' },
  down: { sign: '✕', words: 'down' },
};

function nodeCard(node) {
  return h(
    'li',
    { class: 'node', 'data-test': `node-${node.id}` },
    h('div', { class: 'node-head' }, h('h3', {}, node.id), h('span', { class: 'node-state' })),
    h('div', { class: 'node-body' }, h('dl', { class: 'facts' }), h('p', { class: 'node-trouble' })),
  );
}

/** A card keeps its height: what is wrong takes the place of facts. */
function updateCard(card, node, live) {
  const state = STATES[node.state] ?? { sign: '?', words: node.state };
  set(card, { 'data-state': node.state });
  text(card.querySelector('.node-state'), `${state.sign} ${state.words}`);
  const trouble = [
    state.means,
    node.votingStatus !== 'voting' && `does not vote: ${node.votingStatus}`,
    node.whyNoVote,
    node.trouble,
    node.unheardBy.length > 0 && `not heard by ${list(node.unheardBy)}`,
    !live.hears(node.id) && 'not reached by this page',
  ]
    .filter(Boolean)
    .join('; ');
  text(card.querySelector('.node-trouble'), trouble);
  const isHere = node.state === 'up' || node.state === 'slow';
  const facts = [
    ['On disk', bytes(node.store?.files?.bytes), filesWords(node.store?.files)],
    ['Disk takes', spaceFor(node.store?.diskSpace) ?? '\u2013'],
    ['Clock', skew(node.skewMs)],
    ['Memory', bytes(node.residentBytes)],
  ].slice(0, isHere ? (trouble ? 2 : 4) : 0);
  keyed(
    card.querySelector('dl'),
    facts,
    ([name]) => name,
    ([name]) => h('div', {}, h('dt', {}, name), h('dd', {}), h('dd', { class: 'hint' })),
    (row, [, value, more]) => {
      text(row.children[1], value);
      text(row.children[2], more ?? '');
    },
  );
}

function skew(ms) {
  if (ms === undefined) {
    return 'not known yet';
  }
  return ms === 0 ? 'in step' : `${count(Math.abs(ms))} ms ${ms > 0 ? 'ahead' : 'behind'}`;
}
