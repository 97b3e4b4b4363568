// One chart over time by uPlot, in the colours of the page.

import uPlot from '/console/lib/uplot/uPlot.esm.js';
import { alone } from './alone.js';
import { h, text } from './dom.js';
import { colour, onTheme } from './theme.js';

const HEIGHT_PX = 180;
const SPAN_S = 300;
const SPAN_S_MIN = 60;
/** Of the names of marks, which would cover each other in one. */
const LABEL_ROWS = 4;
const LABEL_PX = 13;
const WHOLE_STEPS = [1, 10, 100, 1_000, 10_000, 100_000].flatMap((power) => [power, 2 * power, 5 * power]);

export class Chart {
  /**
   * @param series `label`, colour `token` and optional `dash` of each; @param format writes a value with its unit
   * @param whole whether it counts things, so that its axis has whole numbers only
   */
  constructor(title, series, format, { whole = false } = {}) {
    this.whole = whole;
    this.marks = [];
    this.title = title;
    this.series = series;
    this.format = format;
    this.frame = h('div', { class: 'chart-frame' });
    this.said = h('p', { class: 'ears', 'data-test': 'chart-said' });
    this.element = h('section', { class: 'panel chart', 'aria-label': title }, h('h2', {}, title), this.frame, this.said);
    this.columns = [[], ...series.map(() => [])];
    this.unwatch = onTheme(() => this.build());
    this.resized = new ResizeObserver(
      () =>
        this.plot &&
        this.frame.clientWidth > 0 &&
        this.plot.setSize({ width: this.frame.clientWidth, height: HEIGHT_PX }),
    );
    this.resized.observe(this.frame);
  }

  stop() {
    this.unwatch();
    this.resized.disconnect();
    this.plot?.destroy();
  }

  /** @param marks instants to mark: `at` in seconds, `label`, `isLoss` */
  show(columns, marks = []) {
    this.columns = columns;
    this.marks = marks;
    text(this.said, `Marks: ${marks.map(({ at, label }) => `${label} at ${clock(at, true)}`).join('; ') || 'none'}.`);
    if (this.plot) {
      this.plot.setData(columns);
    } else if (this.frame.clientWidth > 0) {
      this.build();
    }
  }

  build() {
    this.plot?.destroy();
    this.plot = new uPlot(this.options(), this.columns, this.frame);
  }

  /** The last minutes, or what there is of them. */
  span() {
    const now = Date.now() / 1000;
    const first = this.columns[0][0] ?? now;
    return [now - Math.min(SPAN_S, Math.max(SPAN_S_MIN, now - first)), now];
  }

  /** A line where a node went or came back, with its name, as long as there is space for one. */
  drawMarks(plot) {
    const { left, top, width, height } = plot.bbox;
    const context = plot.ctx;
    context.save();
    context.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    context.lineWidth = devicePixelRatio;
    context.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    context.textAlign = 'left';
    const ends = Array(LABEL_ROWS).fill(0);
    for (const { at, label, isLoss } of this.marks) {
      const x = plot.valToPos(at, 'x', true);
      if (x < left || x > left + width) {
        continue;
      }
      context.strokeStyle = context.fillStyle = colour(isLoss ? 'red' : 'muted');
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      const words = ` ${label} `;
      const begin = Math.min(x, left + width - context.measureText(words).width);
      const row = ends.findIndex((end) => end <= begin);
      if (row >= 0) {
        ends[row] = begin + context.measureText(words).width;
        context.fillText(words, begin, top + (row + 1) * LABEL_PX * devicePixelRatio);
      }
    }
    context.restore();
  }

  options() {
    const axis = {
      stroke: colour('muted'),
      grid: { stroke: colour('line'), width: 1 },
      ticks: { show: false },
      font: '12px system-ui, sans-serif',
    };
    return {
      width: this.frame.clientWidth,
      height: HEIGHT_PX,
      cursor: { y: false, points: { size: 6 } },
      legend: { live: true, markers: { dash: (plot, index) => (this.series[index - 1]?.dash ? 'dashed' : 'solid') } },
      hooks: { draw: [(plot) => this.drawMarks(plot)] },
      scales: {
        x: { range: () => this.span() },
        y: { range: (plot, least, most) => [0, Math.max(1, (most ?? 0) * 1.15)] },
      },
      axes: [
        {
          ...axis,
          values: (plot, ticks) => ticks.map((at) => clock(at, this.span()[1] - this.span()[0] <= 2 * SPAN_S_MIN)),
          space: 80,
          size: 30,
        },
        {
          ...axis,
          ...(this.whole ? { incrs: WHOLE_STEPS } : {}),
          values: (plot, ticks) => ticks.map((each) => (each === 0 ? '0' : this.format(each))),
          size: 62,
        },
      ],
      series: [
        { label: 'at', value: (plot, at) => (at === null ? '' : clock(at, true)) },
        ...this.series.map(({ label, token, dash }) => ({
          label,
          stroke: colour(token),
          width: 1.75,
          dash,
          points: { show: true, size: 5, filter: (plot, index) => alone(this.columns[index]) },
          value: (plot, value) => (value === null || value === undefined ? '\u2013' : this.format(value)),
        })),
      ],
    };
  }
}

function clock(seconds, withSeconds = false) {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' } : {}),
  });
}
