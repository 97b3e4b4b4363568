// Edits one value, as text or in hexadecimal. What it sends takes effect only on the version that was read.

import { h, text } from '../dom.js';
import { Life } from './life.js';
import { bytesOfHex, hexOf } from './hex.js';

/** A longer text makes a slow field. */
export const EDITED_BYTES_MAX = 256 * 1024;
const NEW_TYPE = 'text/plain; charset=utf-8';

export class Editor {
  /**
   * @param value that is edited, or undefined for a new key
   * @param on `save` is called with `{bytes, type, ttl}`, `cancel` without
   */
  constructor(value, on) {
    this.value = value;
    this.field = h('textarea', { id: 'edit-value', rows: 12, spellcheck: 'false', 'data-test': 'edit-value' });
    this.inHex = value !== undefined && !this.takes(value);
    this.field.value = this.inHex ? hexOf(value.bytes) : (value?.text ?? '');
    this.type = h('input', {
      id: 'edit-type',
      value: value?.type ?? NEW_TYPE,
      autocomplete: 'off',
      spellcheck: 'false',
      'data-test': 'edit-type',
    });
    this.life = new Life(value?.endsAt);
    this.wrong = h('p', { class: 'edit-wrong', role: 'alert' });
    this.send = h('button', { type: 'submit', class: 'primary', 'data-test': 'save' }, value ? 'Save' : 'Create');
    this.element = h(
      'form',
      {
        class: 'editor',
        onsubmit: (event) => {
          event.preventDefault();
          this.save(on.save);
        },
      },
      h(
        'div',
        { class: 'field' },
        h('label', { for: 'edit-value' }, this.inHex ? 'Value, in hexadecimal' : 'Value'),
        this.field,
      ),
      h('div', { class: 'field' }, h('label', { for: 'edit-type' }, 'Content type'), this.type),
      this.life.element,
      this.wrong,
      h(
        'div',
        { class: 'buttons' },
        this.send,
        h('button', { type: 'button', onclick: on.cancel, 'data-test': 'cancel' }, 'Cancel'),
      ),
    );
  }

  /** A field for text changes some line breaks. What it would change is edited in hexadecimal. */
  takes(value) {
    if (value.isBinary) {
      return false;
    }
    this.field.value = value.text;
    return this.field.value === value.text;
  }

  bytes() {
    return this.inHex ? bytesOfHex(this.field.value) : new TextEncoder().encode(this.field.value);
  }

  async save(send) {
    let change;
    try {
      change = { bytes: this.bytes(), type: this.type.value.trim() || 'application/octet-stream', ttl: this.life.ttl() };
    } catch (wrong) {
      text(this.wrong, wrong.message);
      return;
    }
    text(this.wrong, '');
    this.send.disabled = true;
    await send(change).finally(() => (this.send.disabled = false));
  }
}
