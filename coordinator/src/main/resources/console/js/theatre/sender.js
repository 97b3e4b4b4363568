// The panel that sends a request, and shows its answer as it came.

import { h, text } from '../dom.js';
import { millis } from '../format.js';
import { keyPath, visible } from '../keys.js';
import { problemText } from '../members.js';
import { grey } from '../session.js';

const LEVELS = {
  linearizable: 'A majority answers, and no read is older than an earlier one. The default.',
  quorum: 'A majority answers; a read repairs nothing before it answers.',
  one: 'One replica answers: fast, and possibly stale or lost.',
  all: 'Every replica must answer: one lost node fails it.',
};
const ANSWER_LETTERS_MAX = 20_000;

export class Sender {
  /**
   * @param on `sent` is called with node and kind of what leaves, `answered` with a request in the shape of an event when
   * the answer has its evidence
   */
  constructor({ session, members, live }, on) {
    this.session = session;
    this.members = members;
    this.on = on;
    this.key = h('input', {
      id: 'send-key',
      'data-test': 'put-key',
      value: 'greeting',
      autocomplete: 'off',
      spellcheck: 'false',
      maxlength: 4096,
      oninput: () => this.judge(),
      onkeydown: (event) => event.key === 'Enter' && this.again(),
    });
    this.value = h('textarea', { id: 'send-value', 'data-test': 'put-value', rows: 2, spellcheck: 'false' });
    this.value.value = 'hello';
    this.level = h(
      'select',
      { id: 'send-level', 'aria-describedby': 'level-hint', onchange: () => this.hint() },
      Object.keys(LEVELS).map((level) => h('option', { value: level }, level)),
    );
    this.levelHint = h('p', { class: 'hint', id: 'level-hint' });
    this.through = h('select', { id: 'send-through' });
    this.version = h('input', {
      id: 'send-version',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: 'version, as an ETag shows it',
    });
    this.answer = h('div', { class: 'answer', tabindex: 0, role: 'region', 'aria-label': 'The answer', 'aria-live': 'polite' });
    this.answer.append(h('p', { class: 'hint' }, 'The answer shows here.'));
    /** What Enter in the field of the key sends. */
    this.again = () => (session.mayKey('write', this.key.value) ? this.write() : this.read());
    this.element = this.panel();
    this.refresh = () => this.offerMembers();
    live.addEventListener('cluster', this.refresh);
    this.stop = () => live.removeEventListener('cluster', this.refresh);
    this.offerMembers();
    this.hint();
    this.judge();
  }

  /** What the user may not do with this key is grey. */
  judge() {
    const missing = (roles) =>
      roles
        .split(' ')
        .map((role) => this.session.missingForKey(role, this.key.value))
        .find((reason) => reason !== undefined);
    this.element.querySelectorAll('[data-roles]').forEach((each) => grey(each, missing(each.dataset.roles)));
  }

  hint() {
    text(this.levelHint, LEVELS[this.level.value]);
  }

  panel() {
    const button = (label, roles, test, name, send) =>
      h('button', { type: 'button', class: name, 'data-roles': roles, 'data-test': test, onclick: send }, label);
    const row = (label, control) => h('div', { class: 'field' }, h('label', { for: control.id }, label), control);
    return h(
      'section',
      { class: 'panel sender', 'aria-labelledby': 'send-title' },
      h('h2', { id: 'send-title' }, 'Send a request'),
      row('Key', this.key),
      row('Value', this.value),
      h('div', { class: 'pair' }, row('Through', this.through), row('Level', this.level)),
      this.levelHint,
      h(
        'div',
        { class: 'buttons' },
        button('Write', 'write', 'put-send', 'primary', () => this.write()),
        button('Read', 'read', 'get-send', 'primary', () => this.read()),
        button('Delete', 'write', 'delete-send', '', () => this.remove()),
      ),
      h(
        'details',
        { class: 'cas' },
        h('summary', {}, 'Compare-and-set'),
        h(
          'p',
          { class: 'hint' },
          'Writes only if the key still is at this version; filled in by every answer. Empty: only if there is no value.',
        ),
        row('Only if at version', this.version),
        h(
          'div',
          { class: 'buttons' },
          button('Write if unchanged', 'write read', 'cas-send', '', () => this.writeIf()),
        ),
      ),
      this.answer,
    );
  }

  offerMembers() {
    const ids = this.members.ids().filter((id) => this.members.addresses.get(id));
    const label = (id) => (this.members.reachable(id) ? id : `${id} (not heard)`);
    const shown = ids.map(label).join();
    if (this.shown === shown) {
      return;
    }
    this.shown = shown;
    const chosen = this.through.value || this.members.home;
    this.through.replaceChildren(...ids.map((id) => h('option', { value: id, selected: id === chosen }, label(id))));
  }

  write() {
    this.again = () => this.write();
    return this.send('PUT', 'write', {
      body: this.value.value,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    });
  }

  writeIf() {
    const version = this.version.value.trim().replaceAll('"', '');
    const condition = version === '' ? { 'If-None-Match': '*' } : { 'If-Match': `"${version}"` };
    return this.send('PUT', 'conditional write', {
      body: this.value.value,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', ...condition },
    });
  }

  read() {
    this.again = () => this.read();
    return this.send('GET', 'read', {});
  }

  remove() {
    return this.send('DELETE', 'write', {});
  }

  /** Sends once, to the chosen member only: what brought no answer may have happened, and is not tried again elsewhere. */
  async send(method, kind, options) {
    const key = this.key.value;
    const level = this.level.value;
    let path;
    try {
      // An explanation shows what was there before.
      const explain = this.session.mayKey('read', key) ? '&explain=1' : '';
      path = `/v1/kv/${keyPath(key)}?consistency=${level}${explain}`;
    } catch (wrong) {
      this.say('bad', 'Not sent', wrong.message);
      return;
    }
    const through = this.chosen();
    text(this.answer, `${method} ${visible(key)} through ${through} …`);
    const at = new Date().toISOString();
    this.on.sent({ node: through, kind });
    try {
      const answer = await this.members.askOne(through, path, { method, ...options });
      this.show(method, answer);
      if (answer.json?.evidence) {
        const { key: keyInAnswer, key64 } = answer.json;
        this.on.answered({
          node: through,
          kind,
          key: keyInAnswer,
          key64,
          level,
          at,
          outcome: answer.json.outcome,
          found: answer.json.found,
          elapsedUs: lastUs(answer.json.evidence),
          evidence: answer.json.evidence,
        });
      }
    } catch (failure) {
      this.say(
        'bad',
        'No answer',
        `${failure.message}. ${method === 'GET' ? 'Nothing was changed; choose another node in \u201cThrough\u201d.' : 'Whether it was applied is unknown: read the key through another node.'}`,
      );
    }
  }

  chosen() {
    return this.through.value || this.members.home || this.members.ids()[0];
  }

  show(method, answer) {
    const etag = answer.headers.get('ETag');
    if (etag) {
      this.version.value = etag.replaceAll('"', '');
    }
    const tone =
      answer.ok || answer.status === 404
        ? 'good'
        : answer.status === 412
          ? 'calm'
          : answer.status === 504
            ? 'warn'
            : 'bad';
    const facts = [
      ['ETag', etag],
      ['Evidence', answer.headers.get('Quorate-Evidence')],
      ['Expires in', answer.headers.get('Quorate-Expires-In')],
      [
        'Value',
        answer.json?.value === undefined
          ? answer.json?.value64 && `base64:${answer.json.value64}`
          : visible(answer.json.value),
      ],
    ];
    const problem = answer.json?.detail ? problemText(answer) : (STATUS[answer.status] ?? 'answered');
    this.say(
      tone,
      `${method}: ${answer.status} ${STATUS[answer.status] ?? ''}`,
      answer.json?.detail ? problem : `took ${millis(answer.elapsedMs)}, seen from this page`,
      h(
        'dl',
        { class: 'facts' },
        facts
          .filter(([, value]) => value)
          .flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, h('code', {}, value.slice(0, 400)))]),
      ),
      h(
        'details',
        {},
        h('summary', {}, 'The whole answer (explain)'),
        h('pre', { tabindex: 0 }, answer.text.slice(0, ANSWER_LETTERS_MAX)),
      ),
    );
  }

  say(tone, title, words, ...more) {
    this.answer.replaceChildren(h('p', { class: `answer-title ${tone}` }, title), h('p', {}, words), ...more);
  }
}

const STATUS = {
  200: 'OK',
  201: 'created',
  204: 'done',
  404: 'no value',
  409: 'contention',
  412: 'condition failed',
  429: 'shed',
  503: 'refused',
  504: 'unknown',
  507: 'no room',
};

/** An explained answer does not tell when it was given: not before the last decision. */
function lastUs(evidence) {
  return Math.max(
    0,
    ...evidence.rounds.map(
      (round) =>
        round.decidedUs ??
        Math.max(0, ...round.replicas.filter((each) => each.answer === 'ok').map((each) => each.answeredUs ?? 0)),
    ),
  );
}
