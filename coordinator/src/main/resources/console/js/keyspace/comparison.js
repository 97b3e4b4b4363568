// What somebody else stored beside what this page wanted to store.

import { forEars, h } from '../dom.js';
import { hexLines } from './hex.js';
import { compareLines } from './lines.js';

const COMPARED_BYTES_MAX = 64 * 1024;
const WORDS = { '=': '', '-': 'stored: ', '+': 'yours: ' };
const SIGNS = { '=': ' ', '-': '\u2212', '+': '+' };

/**
 * @param stored the value as it was read, in part if it is long
 * @param mine bytes
 */
export function comparison(stored, mine) {
  if (stored.size > COMPARED_BYTES_MAX || mine.length > COMPARED_BYTES_MAX) {
    return h('p', { class: 'hint' }, 'These values are too long to compare here.');
  }
  const [left, right] = alike(stored, mine);
  return h(
    'div',
    {},
    h('p', { class: 'hint' }, '\u2212 is stored now, + is yours.'),
    h(
      'pre',
      { class: 'comparison', tabindex: 0, 'aria-label': 'What differs', 'data-test': 'comparison' },
      compareLines(left, right).map(({ sign, line }) =>
        h('span', { class: 'line', 'data-sign': sign }, forEars(WORDS[sign]), h('span', {}, `${SIGNS[sign]} ${line}\n`)),
      ),
    ),
  );
}

/** Both as text, or both in hexadecimal. */
function alike(stored, mine) {
  try {
    return [stored.bytes, mine].map((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return [stored.bytes, mine].map((bytes) => hexLines(bytes).join('\n'));
  }
}
