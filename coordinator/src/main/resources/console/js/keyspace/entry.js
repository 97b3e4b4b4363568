// One key: its value, and what may be done with it. A change takes effect only on the version that is shown here.

import { h, set, text } from '../dom.js';
import { bytes as bytesText } from '../format.js';
import { keyElement, keyOf, keyPath, keyTyped, percent } from '../keys.js';
import { problemText } from '../members.js';
import { grey } from '../session.js';
import { versionWhen } from '../versions.js';
import { outcomeOf } from './change.js';
import { comparison } from './comparison.js';
import { EDITED_BYTES_MAX, Editor } from './editor.js';
import { whenWords } from './life.js';
import { PART_BYTES, firstBytes, valueOf, versionIn } from './value.js';
import { Viewer } from './viewer.js';

const TICK_MS = 1_000;
const ALL = Number.MAX_SAFE_INTEGER;

/** Tells listeners of `changed` (detail: what the list has to know), `created` and `close`. */
export class Entry extends EventTarget {
  constructor({ session, members }) {
    super();
    this.session = session;
    this.members = members;
    this.title = h('h2', { tabindex: -1, class: 'entry-key', 'data-test': 'entry-key' });
    this.said = h('div', { class: 'entry-said', role: 'status', 'data-test': 'entry-said' });
    this.facts = h('dl', { class: 'facts' });
    this.viewer = new Viewer();
    this.actions = h('div', { class: 'buttons' });
    this.body = h('div', {});
    this.element = h(
      'section',
      { class: 'panel entry', hidden: true, 'aria-label': 'The chosen key', 'data-test': 'entry' },
      h(
        'div',
        { class: 'panel-head' },
        this.title,
        h('button', { type: 'button', class: 'small', onclick: () => this.tell('close'), 'data-test': 'entry-close' }, 'Close'),
      ),
      this.said,
      this.body,
    );
    this.ticking = setInterval(() => this.value?.endsAt && this.drawFacts(), TICK_MS);
  }

  stop() {
    clearInterval(this.ticking);
    this.close();
  }

  close() {
    this.bytes = undefined;
    this.value = undefined;
    this.element.hidden = true;
  }

  /** @param bytes of the key */
  async open(bytes) {
    this.begin(bytes);
    await this.read(PART_BYTES);
  }

  /** A key that is not there yet, as far as the user knows. */
  create(bytes) {
    this.begin(bytes);
    this.edit(undefined);
  }

  begin(bytes) {
    this.bytes = bytes;
    this.value = undefined;
    this.version = undefined;
    this.element.hidden = false;
    this.title.replaceChildren(keyElement(keyOf(bytes), 400));
    this.say();
    this.body.replaceChildren();
  }

  /** Encoded for a path. @throws {RangeError} if a browser cannot send it */
  get path() {
    return `/v1/kv/${keyPath(keyTyped(keyOf(this.bytes)))}`;
  }

  /** Reads the value, and shows it. An answer for a key that is not shown any more is dropped. */
  async read(most) {
    const answer = await this.ask(most);
    if (answer?.ok) {
      this.value = valueOf(answer);
      this.version = this.value.version;
      this.drawValue();
    } else if (answer) {
      this.absent(answer);
    }
  }

  /** Undefined if there is nothing to show, or no answer. */
  async ask(most) {
    const { bytes } = this;
    try {
      const answer = await this.members.ask(this.path, { take: firstBytes(most) });
      return this.bytes === bytes ? answer : undefined;
    } catch (failure) {
      if (this.bytes === bytes) {
        this.say('bad', 'Not read', failure.message);
      }
      return undefined;
    }
  }

  absent(answer) {
    this.value = undefined;
    this.version = versionIn(answer);
    if (answer.status !== 404) {
      this.say('bad', 'Not read', problemText(answer));
      return;
    }
    this.tellList({ isDeleted: true });
    this.say('calm', 'There is no value', this.version ? 'It was deleted, or its life has ended.' : 'Nobody has written this key.');
    const create = h('button', { type: 'button', 'data-test': 'edit', onclick: () => this.edit(undefined) }, 'Write a value');
    grey(create, this.why('write') ?? this.why('read'));
    this.body.replaceChildren(h('div', { class: 'buttons' }, create));
  }

  drawValue() {
    const { value } = this;
    this.tellList({ version: value.version, isDeleted: false });
    this.drawFacts();
    this.actions.replaceChildren(...this.buttons());
    this.body.replaceChildren(this.facts, this.viewer.element, this.actions);
    this.viewer.show(value);
  }

  drawFacts() {
    const { value } = this;
    const facts = [
      ['Size', bytesText(value.size)],
      ['Type', value.type],
      ['Written', h('span', { title: `Version ${value.version}` }, versionWhen(value.version))],
      ['Ends', value.endsAt === undefined ? 'never' : whenWords(value.endsAt)],
    ];
    this.facts.replaceChildren(...facts.map(([name, fact]) => h('div', {}, h('dt', {}, name), h('dd', {}, fact))));
  }

  buttons() {
    const { value } = this;
    const button = (label, test, onclick, name = '') =>
      h('button', { type: 'button', class: name, 'data-test': test, onclick }, label);
    const edit = button('Edit', 'edit', () => this.edit(value));
    const remove = button('Delete', 'delete', () => this.confirmDelete(), 'danger');
    const longer = value.isWhole
      ? value.size > EDITED_BYTES_MAX && `A value of more than ${bytesText(EDITED_BYTES_MAX)} is not edited here`
      : 'Load the whole value before you edit it';
    grey(edit, this.why('write') ?? (longer || undefined));
    grey(remove, this.why('write'));
    return [
      !value.isWhole && button(`Load all ${bytesText(value.size)}`, 'load-all', () => this.read(ALL)),
      edit,
      remove,
      button('Read again', 'read-again', () => this.open(this.bytes)),
      h('a', { class: 'fact', href: `#/inspector/${encodeURIComponent(keyTyped(keyOf(this.bytes)))}` }, 'each replica\u2019s copy'),
    ].filter(Boolean);
  }

  why(role) {
    return this.session.missingForKey(role, keyTyped(keyOf(this.bytes)));
  }

  edit(value) {
    const editor = new Editor(value, { save: (change) => this.save(change), cancel: () => this.open(this.bytes) });
    this.body.replaceChildren(editor.element);
    editor.field.focus();
  }

  confirmDelete() {
    const cancel = h('button', { type: 'button', onclick: () => this.drawValue(), 'data-test': 'keep' }, 'Keep it');
    this.actions.replaceChildren(
      h('p', { role: 'alert' }, 'Delete this value on every replica?'),
      h('button', { type: 'button', class: 'danger', onclick: () => this.remove(), 'data-test': 'delete-it' }, 'Delete it'),
      cancel,
    );
    cancel.focus();
  }

  save({ bytes, type, ttl }) {
    const path = ttl === undefined ? '' : `?ttl=${ttl}`;
    return this.change('Saved', path, { method: 'PUT', body: bytes, headers: { 'Content-Type': type } });
  }

  remove() {
    return this.change('Deleted', '', { method: 'DELETE' });
  }

  /** Sends once, through one member: what brought no answer may have happened. */
  async change(done, parameters, { headers, ...options }) {
    const { bytes } = this;
    const condition = this.version ? { 'If-Match': `"${this.version}"` } : { 'If-None-Match': '*' };
    let answer;
    let detail;
    try {
      const request = { ...options, headers: { ...headers, ...condition } };
      answer = await this.members.askOne(this.members.byPromise()[0], this.path + parameters, request);
      detail = answer.ok ? '' : problemText(answer);
    } catch (failure) {
      if (failure instanceof RangeError) {
        this.say('bad', 'Not sent', failure.message);
        return;
      }
      detail = failure.message;
    }
    if (this.bytes === bytes) {
      await this.judge(outcomeOf(answer, detail), done, options);
    }
  }

  async judge({ state, title, words }, done, options) {
    if (state === 'done') {
      const isNew = this.version === undefined;
      await this.read(PART_BYTES);
      if (isNew) {
        this.tell('created');
      }
      this.say('good', done, '');
      this.title.focus();
    } else if (state === 'lost') {
      await this.meet(title, words, options);
    } else if (state === 'unknown') {
      const look = () => this.meet('What the key holds now', 'Your change was not answered. If it is not stored yet, it may still be.', options);
      this.say('warn', title, words, h('button', { type: 'button', onclick: look, 'data-test': 'look' }, 'Read it now'));
    } else {
      this.say('bad', title, words);
    }
  }

  /** Shows what the key holds now beside what was to be stored. It stays as it is until somebody decides. */
  async meet(title, words, { method, body }) {
    const answer = await this.ask(ALL);
    if (!answer) {
      this.say('bad', title, `${words} What the key holds now could not be read.`);
      return;
    }
    if (!answer.ok && answer.status !== 404) {
      this.say('bad', title, problemText(answer));
      return;
    }
    const stored = answer.ok ? valueOf(answer) : undefined;
    const now = stored ? `Stored now: ${bytesText(stored.size)}, written ${versionWhen(stored.version)}.` : 'The key has no value now.';
    const isMine = method === 'PUT' && stored !== undefined && isEqual(stored.bytes, body);
    const button = (label, test, onclick) => h('button', { type: 'button', 'data-test': test, onclick }, label);
    const compared = h('div', {});
    const compare = button('Compare', 'compare', () => {
      compare.hidden = true;
      compared.replaceChildren(comparison(stored, body));
    });
    compare.hidden = method !== 'PUT' || stored === undefined || isMine;
    const goOn = button('Keep editing mine', 'keep-mine', () => {
      this.version = stored?.version ?? versionIn(answer);
      this.say('calm', 'Your edit replaces the newer version when you save it', '');
    });
    goOn.hidden = method !== 'PUT' || isMine;
    this.say(
      isMine ? 'good' : 'warn',
      isMine ? 'It holds just what you wanted to store' : title,
      isMine ? 'Your change was applied, or somebody stored the same.' : `${words} ${now}`,
      h('div', { class: 'buttons' }, compare, button('Take what is stored', 'take-theirs', () => this.open(this.bytes)), goOn),
      compared,
    );
  }

  say(tone, title, words, ...more) {
    this.said.replaceChildren(
      ...(tone === undefined ? [] : [h('p', { class: `answer-title ${tone}` }, title), words && h('p', {}, words), ...more].filter(Boolean)),
    );
    set(this.said, { class: `entry-said ${tone ?? ''}` });
  }

  tellList(change) {
    this.dispatchEvent(new CustomEvent('changed', { detail: { bytes: this.bytes, change } }));
  }

  tell(type) {
    this.dispatchEvent(new Event(type));
  }
}

function isEqual(left, right) {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}
