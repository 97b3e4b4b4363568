// When a value ends by itself, as something to choose.

import { h } from '../dom.js';
import { duration } from '../format.js';

const TTL = /^[1-9]\d*(ms|s|m|h|d)$/;

export class Life {
  /** @param endsAt of the value so far, or undefined */
  constructor(endsAt) {
    this.endsAt = endsAt;
    const radio = (value) => h('input', { type: 'radio', name: 'life', value, 'data-test': `life-${value}` });
    const choice = (input, ...words) => h('label', { class: 'check' }, input, ...words);
    this.keep = radio('keep');
    this.never = radio('never');
    this.after = radio('after');
    this.rest = h('input', {
      class: 'ttl',
      'aria-label': 'How long the value lives, such as 30s, 15m, 12h or 7d',
      placeholder: '30s, 15m, 12h, 7d',
      autocomplete: 'off',
      'data-test': 'ttl',
      oninput: () => (this.after.checked = true),
    });
    (endsAt === undefined ? this.never : this.keep).checked = true;
    this.element = h(
      'fieldset',
      { class: 'bare life' },
      h('legend', {}, 'Time to live'),
      endsAt !== undefined && choice(this.keep, `ends when it did before, ${whenWords(endsAt)}`),
      choice(this.never, 'does not end'),
      choice(this.after, 'ends after ', this.rest),
    );
  }

  /** The parameter `ttl`, or undefined for a value that does not end. @throws {RangeError} if it is no time */
  ttl() {
    if (this.never.checked) {
      return undefined;
    }
    if (this.keep.checked) {
      return `${Math.max(1, Math.round(this.endsAt - Date.now()))}ms`;
    }
    const typed = this.rest.value.trim();
    if (!TTL.test(typed)) {
      throw new RangeError(`\u201c${typed}\u201d is no time to live. Write 500ms, 30s, 15m, 12h or 7d.`);
    }
    return typed;
  }
}

export function whenWords(endsAt) {
  const restMs = endsAt - Date.now();
  return restMs <= 0 ? 'now' : `in ${duration(restMs)}`;
}
