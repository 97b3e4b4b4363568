// Every figure that a node tells of itself, with its unit.

import { h, keyed, set, text } from '../dom.js';
import { GROUPS } from '../figures.js';

export function nodes(main, { live }) {
  const list = h('div', { class: 'node-sheets' });
  main.append(h('div', { class: 'page-head' }, h('h1', {}, 'Nodes'), h('p', { class: 'lead' }, 'What each node says of itself. Counters go from its start.')), list);
  const update = () => keyed(list, live.nodes(), (node) => node.id, sheet, updateSheet);
  live.addEventListener('cluster', update);
  update();
  return () => live.removeEventListener('cluster', update);
}

function sheet(node) {
  return h('section', { class: 'panel node-sheet', 'aria-labelledby': `sheet-${node.id}` },
    h('div', { class: 'node-head' }, h('h2', { id: `sheet-${node.id}` }, node.id), h('span', { class: 'node-state' })), h('p', { class: 'node-trouble' }),
    h('div', { class: 'groups' }, GROUPS.map((group) => h('section', { 'data-group': group.name }, h('h3', {}, group.name), h('dl', { class: 'facts' })))), levels());
}

function levels() {
  return h('div', { class: 'scroll' }, h('table', { class: 'levels' }, h('caption', {}, 'Levels of the store'),
    h('thead', {}, h('tr', {}, ['Level', 'Tables', 'Size', 'Written'].map((name) => h('th', { scope: 'col' }, name)))), h('tbody', {})));
}

function updateSheet(element, node) {
  set(element, { 'data-state': node.state });
  text(element.querySelector('.node-state'), { up: '● up', silent: '◌ silent', down: '✕ down' }[node.state] ?? node.state);
  text(element.querySelector('.node-trouble'), [node.trouble, node.whyNoVote].filter(Boolean).join('; '));
  for (const group of GROUPS) {
    const rows = group.rows.map(([name, read]) => [name, read(node)]).filter(([, value]) => value !== undefined);
    const section = element.querySelector(`[data-group="${group.name}"]`);
    section.hidden = rows.length === 0;
    keyed(section.querySelector('dl'), rows, ([name]) => name, ([name]) => h('div', {}, h('dt', {}, name), h('dd', {})), (row, [, value]) => text(row.lastElementChild, value));
  }
  updateLevels(element, node.store?.levels ?? []);
}

function updateLevels(element, all) {
  element.querySelector('.scroll').hidden = all.length === 0;
  keyed(element.querySelector('tbody'), all.map((level, i) => ({ level, i })), ({ i }) => i, ({ i }) => h('tr', {}, h('th', { scope: 'row' }, `L${i}`), h('td', {}), h('td', {}), h('td', {})),
    (row, { level }) => GROUPS.level(level).forEach((value, i) => text(row.children[i + 1], value)));
}
