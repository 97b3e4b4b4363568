// Why a majority suffices, to try with one's own hands: a majority that wrote, a majority that reads, and who is in both.

import { h, set, text } from '../dom.js';
import { list, word } from '../format.js';

/** @param members ids, none if they are not known yet */
export function majorities(members) {
  const ids = members.length > 0 ? members : ['n1', 'n2', 'n3'];
  const quorum = Math.floor(ids.length / 2) + 1;
  const chosen = { wrote: new Set(ids.slice(0, quorum)), read: new Set(ids.slice(-quorum)) };
  const words = h('p', { class: 'majority-words', 'aria-live': 'polite' });
  const update = () => text(words, verdict(ids, chosen));
  const row = (label, set_) =>
    h(
      'div',
      { class: 'majority-row', role: 'group', 'aria-label': label },
      h('span', {}, label),
      ids.map((id) => toggle(id, set_, update)),
    );
  const element = h(
    'details',
    { class: 'panel majority' },
    h('summary', {}, h('h2', {}, `Why ${word(quorum)} of ${word(ids.length)} suffice`)),
    h('p', { class: 'hint' }, 'Choose who stored a write, and whom a later read asks.'),
    row('stored by', chosen.wrote),
    row('read from', chosen.read),
    words,
  );
  update();
  return element;
}

function toggle(id, ids, update) {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'disc-toggle',
      'aria-pressed': ids.has(id),
      onclick: () => {
        ids.has(id) ? ids.delete(id) : ids.add(id);
        set(button, { 'aria-pressed': ids.has(id) });
        update();
      },
    },
    id,
  );
  return button;
}

function verdict(ids, { wrote, read }) {
  const both = ids.filter((id) => wrote.has(id) && read.has(id));
  const enough = ids.length / 2;
  const quorum = word(Math.floor(enough) + 1);
  if (wrote.size < enough && read.size < enough) {
    return both.length > 0
      ? `${list(both)} is in both, by luck. With fewer than ${quorum} on either side nothing promises that.`
      : 'No node is in both. The read misses the write, and does not even know it.';
  }
  if (both.length === 0) {
    return `${wrote.size < enough ? 'The write' : 'The read'} did not have a majority, and no node is in both. The read misses the write.`;
  }
  return wrote.size > enough && read.size > enough
    ? `${list(both)} ${both.length === 1 ? 'is' : 'are'} in both and ${both.length === 1 ? 'tells' : 'tell'} the read of the write. Try any ${quorum} and any ${quorum}: you will not find a pair without a common node.`
    : `${list(both)} ${both.length === 1 ? 'is' : 'are'} in both, this time. Only two majorities are sure to meet.`;
}
