// How far the replicas are with agreeing by themselves: who is behind, what was compared when, what is in the way.

import { AGES, ageName, agreement, deletes, slotWords } from '../agreement.js';
import { h, keyed, set, text } from '../dom.js';
import { DASH, bytes, count, duration, list } from '../format.js';
import { problemText } from '../members.js';
import { grey } from '../session.js';

const ASK_EVERY_MS = 2_000;

export function convergence(main, context) {
  const page = new Convergence(context);
  main.append(page.element);
  page.ask();
  const timer = setInterval(() => document.hidden || page.refused || page.ask(), ASK_EVERY_MS);
  return () => clearInterval(timer);
}

class Convergence {
  constructor({ session, members, notices }) {
    this.members = members;
    this.notices = notices;
    /** The user may not ask. */
    this.refused = false;
    this.verdict = new Verdict();
    this.slots = new SlotMap();
    this.pass = new PassPanel(session, () => this.hurry());
    this.targets = new Targets();
    this.damages = new Damages();
    this.deletes = new Deletes();
    this.rest = h(
      'div',
      { class: 'inspection', hidden: true },
      h('div', { class: 'convergence-pair' }, this.slots.element, this.pass.element),
      this.damages.element,
      this.deletes.element,
      this.targets.element,
    );
    this.element = h(
      'div',
      {},
      h(
        'div',
        { class: 'page-head' },
        h('h1', {}, 'Convergence'),
        h('p', { class: 'lead' }, 'Replicas agree by themselves, with nobody reading.'),
      ),
      h('div', { class: 'inspection' }, this.verdict.element, this.rest),
    );
  }

  async ask() {
    try {
      const answer = await this.members.ask('/v1/convergence');
      this.refused = answer.status === 403;
      if (!answer.ok) {
        throw new RangeError(problemText(answer));
      }
      this.show(answer.json, answer.through);
    } catch (failure) {
      this.verdict.show({ tone: 'bad', title: 'No node says how far it is', words: failure.message });
    }
  }

  show(body, through) {
    const hasStore = body.pass !== undefined;
    this.rest.hidden = !hasStore;
    if (!hasStore) {
      this.verdict.show({ tone: 'calm', title: `${through} has no store`, words: 'Open the console of a node.' });
      return;
    }
    this.verdict.show(agreement(body), through);
    this.slots.show(body.verified);
    this.pass.show(body);
    this.deletes.show(body.forgetting);
    this.damages.show(body);
    this.targets.show(body.hints);
  }

  async hurry() {
    try {
      const answer = await this.members.askOne(this.members.byPromise()[0], '/v1/convergence/hurry', {
        method: 'POST',
      });
      if (!answer.ok) {
        throw new RangeError(problemText(answer));
      }
      await this.ask();
    } catch (failure) {
      this.notices.fail(failure.message);
    }
  }
}

class Verdict {
  constructor() {
    this.title = h('h2', { 'data-test': 'agreement' }, 'Asking the cluster\u2026');
    this.words = h('p', {});
    this.through = h('p', { class: 'hint' });
    this.element = h('section', { class: 'panel verdict calm', role: 'status' }, this.title, this.words, this.through);
  }

  show({ tone, title, words }, through) {
    set(this.element, { class: `panel verdict ${tone}` });
    text(this.title, title);
    text(this.words, words);
    text(this.through, through ? `As ${through} knows it.` : '');
  }
}

/** One cell for each slot, coloured by how long ago all replicas agreed on it. */
class SlotMap {
  constructor() {
    this.cells = h('div', { class: 'slots', role: 'img', 'data-test': 'slots' });
    this.legend = h('ul', { class: 'slot-legend' });
    this.element = h(
      'section',
      { class: 'panel', 'aria-labelledby': 'slots-title' },
      h('h2', { id: 'slots-title' }, 'When all replicas last agreed'),
      h('p', { class: 'hint' }, 'Each key belongs to one of 256 slots, by its hash.'),
      this.cells,
      this.legend,
    );
  }

  show({ agesS }) {
    const held = AGES.map((age) => ({ ...age, slots: agesS.filter((each) => ageName(each) === age.name).length }));
    keyed(
      this.cells,
      agesS.map((ageS, slot) => ({ ageS, slot })),
      ({ slot }) => slot,
      () => h('span', { class: 'slot' }),
      (cell, { ageS, slot }) => set(cell, { 'data-age': ageName(ageS), title: slotWords(slot, ageS) }),
    );
    set(this.cells, {
      'aria-label': held.map(({ slots, words }) => `${slots} slots ${words}`).join(', '),
    });
    keyed(
      this.legend,
      held,
      ({ name }) => name,
      ({ name, words }) =>
        h('li', {}, h('span', { class: 'slot', 'data-age': name }), h('span', {}, words), h('span', { class: 'num' })),
      (element, { slots }) => text(element.lastChild, String(slots)),
    );
  }
}

class PassPanel {
  constructor(session, hurry) {
    this.session = session;
    this.title = h('h2', {}, 'Pass');
    this.bar = h('progress', { max: 1, 'aria-label': 'Progress of the pass' });
    this.facts = h('dl', { class: 'facts' });
    this.button = h('button', { type: 'button', 'data-test': 'hurry', onclick: hurry }, 'Compare everything now');
    this.element = h(
      'section',
      { class: 'panel pass-panel', 'aria-label': 'The pass over all keys' },
      this.title,
      this.bar,
      this.facts,
      h('div', { class: 'buttons' }, this.button),
      h('p', { class: 'hint' }, 'A pass compares all keys and reads each block. It takes little time from requests.'),
    );
  }

  show({ pass, verified: { blocked } }) {
    text(this.title, pass.number === 0 ? 'No pass yet' : `Pass ${count(pass.number)}${pass.running ? '' : ' is over'}`);
    set(this.bar, { value: pass.progress });
    grey(this.button, this.session.missing('operate'), pass.hurried);
    text(this.button, pass.hurried ? 'Comparing at full speed' : 'Compare everything now');
    const facts = [
      ['Began', pass.startedAt && `${ago(pass.startedAt)} ago`],
      ['Ends in about', pass.running && pass.endsAt && duration(Math.max(0, Date.parse(pass.endsAt) - Date.now()))],
      ['Pace', `${bytes(pass.bytesPerSecond)} a second`],
      ...blocked.map((each) => [`Waits for ${each.by}`, `${each.why}, for ${ago(each.since)}`]),
    ];
    keyed(
      this.facts,
      facts.filter(([, fact]) => fact),
      ([name]) => name,
      ([name]) => h('div', {}, h('dt', {}, name), h('dd', {})),
      (element, [, fact]) => text(element.lastChild, fact),
    );
  }
}

/** What became of deleted keys. */
class Deletes {
  constructor() {
    this.words = h('p', { 'data-test': 'deletes' });
    this.element = h(
      'section',
      { class: 'panel', 'aria-labelledby': 'deletes-title' },
      h('h2', { id: 'deletes-title' }, 'Deletes'),
      this.words,
    );
  }

  show(forgetting) {
    text(this.words, deletes(forgetting).words);
  }
}

class Damages {
  constructor() {
    this.rows = h('ul', {});
    this.element = h(
      'section',
      { class: 'panel', hidden: true, 'aria-labelledby': 'damages-title' },
      h('h2', { id: 'damages-title' }, 'Damaged blocks'),
      this.rows,
    );
  }

  show({ damages, node }) {
    this.element.hidden = damages.length === 0;
    keyed(
      this.rows,
      damages,
      ({ file, offset }) => `${file}@${offset}`,
      ({ file, offset }) => h('li', {}, `${node}: `, h('code', {}, file), ` at offset ${count(offset)}`),
    );
  }
}

/** Which keys the members missed, as far as others noted them. */
class Targets {
  constructor() {
    this.rows = h('tbody', {});
    this.element = h(
      'section',
      { class: 'panel scroll', tabindex: 0, 'aria-labelledby': 'targets-title' },
      h('h2', { id: 'targets-title' }, 'What each node missed'),
      h(
        'p',
        { class: 'hint' },
        'The other replicas note the keys (hints), and send them as soon as the node is back.',
      ),
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ['Node', 'Keys missed', 'Since', 'All noted', 'Kept by'].map((name) => h('th', { scope: 'col' }, name)),
          ),
        ),
        this.rows,
      ),
    );
  }

  show(hints) {
    keyed(
      this.rows,
      hints,
      ({ target }) => target,
      ({ target }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, target),
          ['missed', 'since', 'noted', 'kept'].map((what) => h('td', { 'data-test': `${what}-${target}` })),
        ),
      (row, each) =>
        [
          count(each.waiting),
          each.oldest ? `${ago(each.oldest)} ago` : DASH,
          each.overflowed ? 'no: a pass repairs the rest' : 'yes',
          each.keptBy.length > 0 ? list(each.keptBy) : DASH,
        ].forEach((fact, at) => text(row.children[at + 1], fact)),
    );
  }
}

function ago(instant) {
  return duration(Math.max(0, Date.now() - Date.parse(instant)));
}
