// Every figure that a node tells of itself, with its unit, the nodes side by side.

import { h, keyed, set, text } from '../dom.js';
import { GROUPS, levelRows } from '../figures.js';

export function nodes(main, { live }) {
  const sheet = new Sheet();
  main.append(
    h(
      'div',
      { class: 'page-head' },
      h('h1', {}, 'Nodes'),
      h('p', { class: 'lead' }, 'What each node says of itself. Counters go from its start. Open a group for more.'),
    ),
    sheet.element,
  );
  const update = () => sheet.update(live.nodes());
  live.addEventListener('cluster', update);
  update();
  return () => live.removeEventListener('cluster', update);
}

/** The groups that somebody has unfolded, while this page is loaded. */
const unfolded = new Set([GROUPS[0].name]);

class Sheet {
  constructor() {
    this.head = h('tr', {});
    this.names = h('thead', { 'data-key': 'head' }, this.head);
    this.table = h('table', { class: 'sheet', 'aria-label': 'The nodes side by side' }, this.names);
    this.element = h(
      'div',
      { class: 'panel scroll', tabindex: 0, role: 'region', 'aria-label': 'Figures of every node' },
      this.table,
    );
  }

  update(all) {
    if (all.length === 0) {
      return;
    }
    keyed(
      this.head,
      [undefined, ...all],
      (node) => node?.id ?? '',
      (node) => (node ? name() : h('td', {})),
      (cell, node) => node && updateName(cell, node),
    );
    const levels = { name: 'Levels of the store: tables, size, written since the start', rows: levelRows(all) };
    const groups = [...GROUPS, levels]
      .map((group) => ({
        ...group,
        rows: group.rows.filter(([, read]) => all.some((node) => read(node) !== undefined)),
      }))
      .filter((group) => group.rows.length > 0);
    keyed(
      this.table,
      [undefined, ...groups],
      (group) => group?.name ?? 'head',
      (group) => (group ? body(group, all.length) : this.names),
      (element, group) => group && updateBody(element, group, all),
    );
  }
}

function name() {
  return h(
    'th',
    { scope: 'col' },
    h('span', {}),
    h('span', { class: 'node-state' }),
    h('span', { class: 'node-trouble' }),
  );
}

function updateName(cell, node) {
  set(cell, { 'data-state': node.state });
  text(cell.children[0], node.id);
  text(cell.children[1], { up: '● up', slow: '◔ slow', silent: '◌ silent', down: '✕ down' }[node.state] ?? node.state);
  text(cell.children[2], [node.trouble, node.whyNoVote].filter(Boolean).join('; '));
}

function body(group, columns) {
  const fold = h('button', { type: 'button', class: 'fold', 'data-test': 'fold', onclick: () => toggle() }, group.name);
  const head = h('th', { scope: 'rowgroup', colspan: columns + 1 }, fold);
  const element = h('tbody', {}, h('tr', { 'data-key': '' }, head));
  const show = () => {
    set(fold, { 'aria-expanded': String(unfolded.has(group.name)) });
    set(element, { 'data-folded': !unfolded.has(group.name) });
  };
  const toggle = () => {
    unfolded.has(group.name) ? unfolded.delete(group.name) : unfolded.add(group.name);
    show();
  };
  show();
  return element;
}

function updateBody(element, group, all) {
  keyed(
    element,
    [[''], ...group.rows],
    ([label]) => label,
    ([label]) => h('tr', {}, h('th', { scope: 'row' }, label)),
    (row, [, read]) => read && updateRow(row, read, all),
  );
}

function updateRow(row, read, all) {
  while (row.children.length <= all.length) {
    row.append(h('td', {}));
  }
  all.forEach((node, i) => text(row.children[i + 1], read(node) ?? ''));
}
