// The list of keys. Only the rows that can be seen are elements, however many keys there are.

import { forEyes, h, keyed, set, text } from '../dom.js';
import { count } from '../format.js';
import { keyOf, keyText } from '../keys.js';
import { versionWhen } from '../versions.js';

const ROW_PX = 34;
const BESIDE = 10;
const NAME_LETTERS_MAX = 300;

/** Tells listeners of `choose` and `open` (detail: a row), and of `up`. */
export class KeyList extends EventTarget {
  constructor() {
    super();
    this.space = h('div', { class: 'key-space' });
    this.element = h(
      'div',
      {
        class: 'key-list',
        role: 'listbox',
        tabindex: 0,
        'aria-label': 'Keys',
        'data-test': 'key-list',
        onscroll: () => this.soon(),
        onkeydown: (event) => this.key(event),
        onfocus: () => this.draw(),
      },
      this.space,
    );
    this.state = h('p', { class: 'hint key-state', role: 'status', 'data-test': 'key-state' });
    this.again = h('button', { type: 'button', class: 'small', hidden: true, onclick: () => this.tryAgain() }, 'Go on');
    this.foot = h('div', { class: 'key-foot' }, this.state, this.again);
    this.at = -1;
    this.sized = new ResizeObserver(() => this.soon());
    this.sized.observe(this.element);
  }

  /** @param scan where the keys come from, and what they are called */
  show(pages, scan) {
    this.pages?.close();
    this.pages = pages;
    this.scan = scan;
    this.at = -1;
    this.element.scrollTop = 0;
    pages.addEventListener('change', () => this.pages === pages && this.draw());
    this.draw();
  }

  stop() {
    this.pages?.close();
    this.sized.disconnect();
    cancelAnimationFrame(this.due);
  }

  tryAgain() {
    this.pages.tryAgain();
    this.element.focus();
  }

  soon() {
    cancelAnimationFrame(this.due);
    this.due = requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (!this.pages || this.element.clientHeight === 0) {
      return;
    }
    if (this.at < 0 && this.pages.length > 0 && document.activeElement === this.element) {
      this.at = 0;
    }
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW_PX) - BESIDE);
    const last = Math.ceil((this.element.scrollTop + this.element.clientHeight) / ROW_PX) + BESIDE;
    this.space.style.height = `${this.pages.length * ROW_PX}px`;
    const places = [];
    for (let i = first; i < Math.min(last, this.pages.length); i++) {
      places.push(i);
    }
    keyed(this.space, places, (i) => i, (i) => this.row(i), (element, i) => this.fill(element, i));
    set(this.element, { 'aria-activedescendant': places.includes(this.at) ? `key-row-${this.at}` : null });
    this.tell();
    this.pages.want(first, last);
  }

  row(i) {
    const element = h(
      'div',
      { id: `key-row-${i}`, class: 'key-row', role: 'option', 'data-test': 'key-row', onclick: () => this.click(i) },
      forEyes(''),
      h('span', { class: 'key-name' }),
      h('span', { class: 'key-when num' }),
    );
    element.style.top = `${i * ROW_PX}px`;
    return element;
  }

  fill(element, i) {
    const row = this.pages.rowAt(i);
    set(element, {
      'aria-selected': String(i === this.at),
      'aria-setsize': this.pages.isDone ? this.pages.length : -1,
      'aria-posinset': i + 1,
      'data-kind': row === undefined ? 'missing' : row.isFolder ? 'folder' : row.isDeleted ? 'deleted' : 'key',
    });
    text(element.children[0], row?.isFolder ? '▸' : '');
    text(element.children[1], row === undefined ? '…' : this.nameOf(row));
    text(element.children[2], row?.isDeleted ? 'deleted' : row?.version ? versionWhen(row.version) : '');
  }

  /** In a folder, what is behind its slash; otherwise the whole key. */
  nameOf(row) {
    const behind = this.scan.inFolders ? row.bytes.slice(this.scan.prefix.length) : '';
    return keyText(keyOf(behind || row.bytes), NAME_LETTERS_MAX);
  }

  tell() {
    const { pages } = this;
    const things = this.scan.inFolders ? 'entries' : 'keys';
    const many = `${count(pages.length)} ${pages.length === 1 ? { entries: 'entry', keys: 'key' }[things] : things}`;
    text(
      this.state,
      pages.failure
        ? `The rest could not be read. ${pages.failure}`
        : pages.isTired
          ? `${many} so far. ${count(pages.looked)} keys have passed since the last one that the filter lets through.`
          : pages.isFull
            ? `The first ${many}. Narrow the prefix to see others.`
            : pages.isDone
              ? pages.length === 0
                ? 'No key is here.'
                : many
              : `${many} so far. Further ones come as you scroll.`,
    );
    this.again.hidden = !pages.failure && !pages.isTired;
    text(this.again, pages.failure ? 'Try again' : 'Look further');
  }

  click(i) {
    this.choose(i);
    this.open();
  }

  choose(i) {
    if (this.pages.length === 0) {
      return;
    }
    this.at = Math.max(0, Math.min(this.pages.length - 1, i));
    const top = this.at * ROW_PX;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) {
      this.element.scrollTop = top;
    } else if (top + ROW_PX > scrollTop + clientHeight) {
      this.element.scrollTop = top + ROW_PX - clientHeight;
    }
    this.draw();
  }

  open() {
    const row = this.pages.rowAt(this.at);
    if (row) {
      this.dispatchEvent(new CustomEvent('open', { detail: row }));
    }
  }

  key(event) {
    const screenful = Math.max(1, Math.floor(this.element.clientHeight / ROW_PX) - 1);
    const action = {
      ArrowDown: () => this.choose(this.at + 1),
      ArrowUp: () => this.choose(this.at - 1),
      PageDown: () => this.choose(this.at + screenful),
      PageUp: () => this.choose(this.at - screenful),
      Home: () => this.choose(0),
      End: () => this.choose(this.pages.length - 1),
      Enter: () => this.open(),
      ' ': () => this.open(),
      ArrowRight: () => this.pages.rowAt(this.at)?.isFolder && this.open(),
      ArrowLeft: () => this.dispatchEvent(new Event('up')),
      Backspace: () => this.dispatchEvent(new Event('up')),
    }[event.key];
    if (action && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      action();
    }
  }

  /** A key has a new version, or none. */
  changed(bytes, change) {
    for (const page of this.pages?.pages ?? []) {
      const row = page.rows?.find((each) => each.bytes === bytes && !each.isFolder);
      if (row) {
        Object.assign(row, change);
        this.draw();
        return true;
      }
    }
    return false;
  }
}
