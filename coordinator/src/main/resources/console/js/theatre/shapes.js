// What the stage is drawn with.

import { set, svg, text } from '../dom.js';

/** A message on its way: words in a capsule. */
export function pill(name) {
  const rect = svg('rect', { rx: 9, height: 18, y: -9 });
  const label = svg('text', { 'text-anchor': 'middle', y: 4 });
  const group = svg('g', { class: name, visibility: 'hidden' }, rect, label);
  return {
    group,
    hide: () => set(group, { visibility: 'hidden' }),
    show(point, words, look) {
      const width = [...words].length * 6.7 + 16;
      text(label, words);
      set(rect, { x: -width / 2, width });
      set(group, {
        visibility: 'visible',
        class: look,
        transform: `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`,
      });
    },
  };
}

/** A part of a circle, from the top clockwise; `from` and `to` are parts of the whole. */
export function arc(x, y, r, from, to, gap) {
  const point = (part) => {
    const angle = 2 * Math.PI * part - Math.PI / 2;
    return `${(x + r * Math.cos(angle)).toFixed(2)} ${(y + r * Math.sin(angle)).toFixed(2)}`;
  };
  return `M ${point(from + gap)} A ${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to - gap)}`;
}
