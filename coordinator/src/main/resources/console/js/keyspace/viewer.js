// Shows the bytes of a value: as text, as JSON with line breaks, or in hexadecimal. All of it enters the page as text.

import { h, set, text } from '../dom.js';
import { bytes as bytesText } from '../format.js';
import { hexLines } from './hex.js';
import { pretty } from './pretty.js';

const WAYS = ['text', 'json', 'hex'];
const NAMES = { text: 'Text', json: 'JSON', hex: 'Hex' };
/** A page with more text than that stutters. */
const LETTERS_MAX = 256 * 1024;
const HEX_BYTES_MAX = 32 * 1024;
const NARROW_PX = 520;

export class Viewer {
  constructor() {
    this.pre = h('pre', { class: 'value', tabindex: 0, 'data-test': 'value' });
    this.note = h('p', { class: 'hint', 'data-test': 'value-note' });
    this.radios = WAYS.map((way) =>
      h('input', { type: 'radio', name: 'value-way', value: way, 'data-test': `as-${way}`, onchange: () => this.draw(way) }),
    );
    this.element = h(
      'div',
      {},
      h(
        'div',
        { class: 'ways', role: 'radiogroup', 'aria-label': 'Show the value as' },
        this.radios.map((radio) => h('label', { class: 'check' }, radio, NAMES[radio.value])),
      ),
      this.pre,
      this.note,
    );
  }

  show(value) {
    this.value = value;
    const ways = {
      text: value.text === undefined ? undefined : printable(value.text),
      json: value.isWhole && value.text !== undefined ? pretty(value.text) : undefined,
    };
    this.ways = ways;
    const way = value.isBinary ? 'hex' : isStructured(ways.json) ? 'json' : 'text';
    this.radios.forEach((radio) => {
      const isOff = radio.value !== 'hex' && ways[radio.value] === undefined;
      set(radio, { disabled: isOff });
      set(radio.parentElement, { title: isOff ? WHY_NOT[radio.value] : null });
      radio.checked = radio.value === way;
    });
    this.draw(way);
  }

  draw(way) {
    const { value } = this;
    const most = way === 'hex' ? HEX_BYTES_MAX : LETTERS_MAX;
    const width = this.element.clientWidth > 0 && this.element.clientWidth < NARROW_PX ? 8 : 16;
    const shown =
      way === 'hex'
        ? hexLines(value.bytes.subarray(0, most), width).join('\n')
        : this.ways[way].slice(0, most);
    const isCut = (way === 'hex' ? value.bytes.length : this.ways[way].length) > most;
    set(this.pre, { 'data-way': way, 'aria-label': `The value as ${NAMES[way]}` });
    text(this.pre, shown);
    text(
      this.note,
      !value.isWhole
        ? `The first ${bytesText(value.bytes.length)} of ${bytesText(value.size)}.`
        : isCut
          ? `Only the first ${bytesText(most)} are shown here.`
          : value.size === 0
            ? 'The value is empty.'
            : '',
    );
  }
}

const WHY_NOT = { text: 'These bytes are not UTF-8', json: 'This is no JSON, or only a part of it' };

/** A number alone is JSON too, and looks no better as such. */
function isStructured(json) {
  return json !== undefined && /^[{[]/.test(json.trimStart());
}

/** Line breaks and tabs work. All other characters that cannot be seen are shown as their code. */
function printable(letters) {
  return letters.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu,
    (hidden) => `\\u${hidden.codePointAt(0).toString(16).padStart(4, '0')}`,
  );
}
