// Browses the keys: a prefix, a filter, one list or folders, and the chosen key beside them.

import { h, set, text } from '../dom.js';
import { keyOf, keyText, keyTyped, typedBytes } from '../keys.js';
import { grey } from '../session.js';
import { Entry } from './entry.js';
import { parentOf, pathOf } from './folders.js';
import { KeyList } from './list.js';
import { Pages } from './pages.js';
import { Scan } from './scan.js';

const TYPING_MS = 250;
/** What a user may not read is not asked for. */
const NOTHING = { page: async () => ({ rows: [], looked: 0 }) };
/** Kept while the reader looks at another page. */
const choices = { inFolders: false };

export function keys(main, context, [prefix, key]) {
  const page = new Keyspace(context, prefix ?? firstPrefix(context.session));
  main.append(page.head, page.element);
  if (context.members.byPromise().length > 0) {
    page.look();
    if (key) {
      page.openTyped(key);
    }
  }
  return () => page.stop();
}

/** Who may read some keys only begins with these: a scan of others is refused. */
function firstPrefix(session) {
  const prefix = session.prefixesOf('read').sort((a, b) => a.length - b.length)[0] ?? '';
  return prefix === '' ? '' : keyTyped(keyOf(prefix));
}

class Keyspace {
  constructor({ session, members }, prefix) {
    this.session = session;
    this.members = members;
    const later = () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.look(), TYPING_MS);
    };
    const field = (id, label, attributes) => {
      const input = h('input', { id, autocomplete: 'off', spellcheck: 'false', 'data-test': id, ...attributes });
      return { input, element: h('div', { class: 'field' }, h('label', { for: id }, label), input) };
    };
    const prefixField = field('keys-prefix', 'Keys that begin with', { value: prefix, oninput: later });
    const filterField = field('keys-filter', 'and contain', { oninput: later });
    this.prefix = prefixField.input;
    this.filter = filterField.input;
    this.folders = h('input', { type: 'checkbox', 'data-test': 'keys-folders', onchange: () => this.look() });
    this.folders.checked = choices.inFolders;
    this.path = h('nav', { class: 'key-path', 'aria-label': 'Folders' });
    this.wrong = h('p', { class: 'edit-wrong', role: 'alert', 'data-test': 'keys-wrong' });
    this.making = h('div', {});
    this.newKey = h('button', { type: 'button', 'data-test': 'new-key', onclick: () => this.create() }, 'New key');
    this.list = new KeyList();
    this.list.addEventListener('open', (event) => this.open(event.detail));
    this.list.addEventListener('up', () => this.up());
    this.entry = new Entry({ session, members });
    this.entry.addEventListener('changed', ({ detail }) => this.list.changed(detail.bytes, detail.change));
    this.entry.addEventListener('created', () => this.look());
    this.entry.addEventListener('close', () => this.close());
    this.head = h(
      'div',
      { class: 'page-head' },
      h('h1', {}, 'Keys'),
      h('p', { class: 'lead' }, 'Read as a majority has them. A change takes effect only on the version that you saw.'),
    );
    this.element = h(
      'div',
      { class: 'keyspace' },
      h(
        'section',
        { class: 'panel key-browser', 'aria-label': 'All keys' },
        h(
          'form',
          { class: 'key-form', onsubmit: (event) => event.preventDefault(), onkeydown: (event) => this.enter(event) },
          prefixField.element,
          filterField.element,
          h('label', { class: 'check' }, this.folders, 'as folders'),
          this.newKey,
        ),
        this.making,
        this.wrong,
        this.path,
        this.list.element,
        this.list.foot,
      ),
      this.entry.element,
    );
  }

  stop() {
    clearTimeout(this.typing);
    this.list.stop();
    this.entry.stop();
  }

  /** From a field to what it found. A form with two fields and no button of its own sends nothing. */
  enter(event) {
    if (event.key === 'Enter' && [this.prefix, this.filter].includes(event.target)) {
      event.preventDefault();
      this.look();
      this.list.element.focus();
    }
  }

  /** Shows the keys that the fields ask for. */
  look() {
    clearTimeout(this.typing);
    choices.inFolders = this.folders.checked;
    let prefix;
    try {
      prefix = typedBytes(this.prefix.value);
    } catch (wrong) {
      text(this.wrong, wrong.message);
      return;
    }
    const may = this.session.mayPrefix('read', prefix);
    text(this.wrong, may ? '' : this.session.needs('read for all of these keys'));
    grey(this.newKey, this.session.may('write') ? undefined : this.session.needs('write'));
    const scan = new Scan(this.members, { prefix, filter: this.filter.value, inFolders: this.folders.checked });
    this.drawPath(prefix);
    this.list.show(new Pages(may ? scan : NOTHING), scan);
    this.address();
  }

  drawPath(prefix) {
    this.path.hidden = !this.folders.checked;
    const folders = ['', ...pathOf(prefix)];
    const button = (bytes) =>
      h(
        'button',
        { type: 'button', class: 'quiet', 'data-test': 'key-folder', onclick: () => this.go(bytes) },
        bytes === '' ? 'all keys' : keyText(keyOf(bytes.slice(parentOf(bytes).length, -1)), 60) || '/',
      );
    this.path.replaceChildren(...folders.map(button));
  }

  go(bytes) {
    this.prefix.value = keyTyped(keyOf(bytes));
    this.filter.value = '';
    this.look();
    this.list.element.focus();
  }

  up() {
    if (this.folders.checked && this.prefix.value !== '') {
      this.go(parentOf(typedBytes(this.prefix.value)));
    }
  }

  open(row) {
    if (row.isFolder) {
      this.go(row.bytes);
    } else {
      this.show(row.bytes, () => this.entry.open(row.bytes));
    }
  }

  openTyped(key) {
    try {
      const bytes = typedBytes(key);
      this.show(bytes, () => this.entry.open(bytes));
    } catch (wrong) {
      text(this.wrong, wrong.message);
    }
  }

  show(bytes, action) {
    this.opened = bytes;
    set(this.element, { 'data-open': true });
    this.address();
    action();
    this.entry.title.focus({ preventScroll: true });
    if (this.list.element.offsetParent === null) {
      scrollTo(0, 0);
    }
  }

  close() {
    this.opened = undefined;
    this.entry.close();
    set(this.element, { 'data-open': null });
    this.address();
    this.list.draw();
    this.list.element.focus();
  }

  create() {
    const name = h('input', { id: 'new-name', autocomplete: 'off', spellcheck: 'false', value: this.prefix.value, 'data-test': 'new-name' });
    const form = h(
      'form',
      {
        class: 'new-key',
        onsubmit: (event) => {
          event.preventDefault();
          this.createNamed(name.value);
        },
      },
      h('div', { class: 'field' }, h('label', { for: 'new-name' }, 'Name of the new key'), name),
      h('button', { type: 'submit', 'data-test': 'new-go' }, 'Go on'),
    );
    this.making.replaceChildren(form);
    name.focus();
  }

  createNamed(typed) {
    const reason = typed === '' ? 'A key has 1 to 4096 bytes.' : this.session.missingForKey('write', typed);
    if (reason) {
      text(this.wrong, reason);
      return;
    }
    text(this.wrong, '');
    this.making.replaceChildren();
    const bytes = typedBytes(typed);
    this.show(bytes, () => this.entry.create(bytes));
    this.entry.element.querySelector('textarea').focus();
  }

  /** The address names what is shown, so that it can be sent to somebody. */
  address() {
    const parts = [this.prefix.value, ...(this.opened === undefined ? [] : [keyTyped(keyOf(this.opened))])];
    history.replaceState(null, '', `#/keys/${parts.map(encodeURIComponent).join('/')}`);
  }
}
