// Breaking a local cluster on purpose, and putting it right again.

import { h, keyed, set, text } from '../dom.js';
import { list } from '../format.js';
import { problemText } from '../members.js';

const ASK_EVERY_MS = 2_000;

export function faults(main, context) {
  const page = new Faults(context);
  main.append(page.element);
  page.ask();
  const timer = setInterval(() => page.refused || page.ask(), ASK_EVERY_MS);
  return () => clearInterval(timer);
}

class Faults {
  constructor({ session, live, members, notices }) {
    this.session = session;
    this.live = live;
    this.members = members;
    this.notices = notices;
    /** Off here, or not for this user: there is no use in asking again. */
    this.refused = false;
    this.state = h('p', { class: 'hint', role: 'status' }, 'Asking whether faults are allowed here\u2026');
    this.nodes = h('ul', { class: 'replicas' });
    this.all = h(
      'fieldset',
      { class: 'bare', disabled: true },
      h('legend', { class: 'ears' }, 'Faults'),
      h(
        'div',
        { class: 'buttons' },
        this.button('Heal all', 'primary', () => ({ fault: 'heal' })),
      ),
      this.nodes,
    );
    this.element = h(
      'div',
      {},
      h(
        'div',
        { class: 'page-head' },
        h('h1', {}, 'Faults'),
        h(
          'p',
          { class: 'lead' },
          'On local clusters only: kill, stop, cut off or slow down a node, and watch what its clients notice.',
        ),
      ),
      this.state,
      this.all,
    );
  }

  async ask() {
    try {
      this.show(await this.members.ask('/v1/faults'));
    } catch (failure) {
      this.off(failure.message);
    }
  }

  async send(fault) {
    try {
      text(this.state, `${fault.fault} ${fault.node ?? 'all'}: under way\u2026`);
      const answer = await this.members.injectFault(fault);
      if (answer.ok) {
        this.show(answer);
      } else {
        this.notices.fail(problemText(answer));
      }
    } catch (failure) {
      this.notices.fail(failure.message);
    }
  }

  show(answer) {
    this.refused = [403, 404].includes(answer.status);
    if (!answer.ok) {
      this.off(answer.status === 404 ? `Not allowed here. ${answer.json?.detail ?? ''}` : problemText(answer));
      return;
    }
    const missing = this.session.missing('operate');
    this.all.disabled = missing !== undefined;
    set(this.all, { title: missing });
    text(
      this.state,
      missing
        ? `You see the faults, and cannot inject any: ${missing}.`
        : 'Real processes: kill is SIGKILL, pause is SIGSTOP. A pause is the nastier one, as its connections stay open.',
    );
    const ids = answer.json.nodes.map((node) => node.id);
    this.showNodes(answer.json.nodes, ids);
  }

  showNodes(shown, ids) {
    keyed(
      this.nodes,
      shown,
      (node) => node.id,
      (node) => this.card(node, ids),
      (card, node) => this.update(card, node),
    );
  }

  /** What there would be, out of reach, and why. */
  off(why) {
    this.all.disabled = true;
    text(this.state, why);
    const shown = this.live.nodes().map((node) => ({ id: node.id, process: node.state }));
    const ids = shown.map((node) => node.id);
    this.showNodes(shown, ids);
  }

  button(label, name, fault) {
    return h('button', { type: 'button', class: name, onclick: () => this.send(fault()) }, label);
  }

  card({ id }, ids) {
    const fault = (label, kind, more = () => ({}), name = '') => {
      const button = this.button(label, name, () => ({ fault: kind, node: id, ...more() }));
      button.dataset.fault = kind;
      return button;
    };
    const peer = h(
      'select',
      { id: `peer-${id}` },
      ids.filter((each) => each !== id).map((each) => h('option', { value: each }, each)),
    );
    const slow = h('input', { id: `slow-${id}`, type: 'number', min: 0, max: 10000, step: 10, value: 50 });
    const slowDisk = h('input', { id: `slow-disk-${id}`, type: 'number', min: 0, max: 10000, step: 10, value: 300 });
    const skew = h('input', { id: `skew-${id}`, type: 'number', min: -600000, max: 600000, step: 100, value: 5000 });
    const row = (label, control, button) =>
      h('div', { class: 'fault-row' }, h('label', { for: control.id }, label), control, button);
    return h(
      'li',
      { class: 'panel replica-card' },
      h('div', { class: 'node-head' }, h('h2', {}, id), h('span', { class: 'node-state' })),
      h('p', { class: 'node-trouble' }),
      h(
        'div',
        { class: 'buttons' },
        fault('Kill', 'kill', undefined, 'danger'),
        fault('Start', 'start'),
        fault('Pause', 'pause'),
        fault('Resume', 'resume'),
      ),
      row(
        'Cut off from',
        peer,
        fault('Cut', 'cut', () => ({ peer: peer.value })),
      ),
      row(
        'Answers later by, ms',
        slow,
        fault('Slow', 'slow', () => ({ ms: Number(slow.value) })),
      ),
      row(
        'Disk slower by, ms',
        slowDisk,
        fault('Slow disk', 'slow-disk', () => ({ ms: Number(slowDisk.value) })),
      ),
      row(
        'Clock ahead by, ms',
        skew,
        fault('Skew', 'skew', () => ({ ms: Number(skew.value) })),
      ),
      fault('Heal', 'heal'),
    );
  }

  update(card, node) {
    set(card, { 'data-state': { running: 'up', paused: 'silent', down: 'down' }[node.process] });
    text(
      card.querySelector('.node-state'),
      { running: '● running', paused: '◌ paused', down: '✕ down' }[node.process] ?? node.process,
    );
    text(
      card.querySelector('.node-trouble'),
      [
        node.cut?.length > 0 && `cut off from ${list(node.cut)}`,
        node.slowMs > 0 && `${node.slowMs} ms slower`,
        node.slowDiskMs > 0 && `disk ${node.slowDiskMs} ms slower`,
        node.skewMs && `clock ${node.skewMs} ms ahead`,
      ]
        .filter(Boolean)
        .join('; '),
    );
    const possible = {
      kill: node.process !== 'down',
      start: node.process === 'down',
      pause: node.process === 'running',
      resume: node.process === 'paused',
    };
    card
      .querySelectorAll('[data-fault]')
      .forEach((button) => (button.disabled = possible[button.dataset.fault] === false));
  }
}
