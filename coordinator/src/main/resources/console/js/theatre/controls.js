// Play, pause, step, speed, position: everything a key can do too.

import { h, set, text } from '../dom.js';

const SPEEDS = [
  ['0.5', 'half speed'],
  ['1', 'slow motion'],
  ['2', 'twice as fast'],
  ['4', 'four times as fast'],
];

/** What is typed into belongs to its field, and Space presses a button. */
const FIELDS = 'input, textarea, select, [role=listbox]';
const PRESSED = 'button, a, summary';

const wants = (target, key) => target.closest(FIELDS) !== null || (key === ' ' && target.closest(PRESSED) !== null);

export class Controls {
  constructor(player) {
    this.player = player;
    const button = (label, name, action) => h('button', { type: 'button', class: name, onclick: action }, label);
    this.toggle = button('Play', 'primary play', () => (player.playing ? player.pause() : player.play()));
    set(this.toggle, { 'data-test': 'play' });
    this.slider = h('input', {
      type: 'range',
      class: 'scrub',
      min: 0,
      max: 1000,
      step: 1,
      'aria-label': 'Position in the story',
    });
    this.slider.addEventListener('input', () => player.seek((this.slider.value / 1000) * player.times.lengthMs));
    this.slider.addEventListener('keydown', (event) => this.key(event));
    this.speed = h(
      'select',
      { 'aria-label': 'Speed', onchange: () => (player.speed = Number(this.speed.value)) },
      SPEEDS.map(([value, label]) => h('option', { value, selected: value === '1' }, label)),
    );
    this.element = h(
      'div',
      { class: 'controls', role: 'group', 'aria-label': 'Playing' },
      this.toggle,
      button('Step back', '', () => player.back()),
      button('Step on', '', () => player.forward()),
      this.slider,
      this.speed,
    );
    player.addEventListener('state', () => this.show());
    player.addEventListener('move', () => this.show());
  }

  /** Arrow keys go from step to step: a thousandth of a story says nothing. */
  key(event) {
    const forward = ['ArrowRight', 'ArrowUp'].includes(event.key);
    if (forward || ['ArrowLeft', 'ArrowDown'].includes(event.key)) {
      event.preventDefault();
      forward ? this.player.seek(this.player.nextStepMs) : this.player.back();
    }
  }

  /** Space plays and pauses, arrows step, wherever the focus is, unless what has it wants the key. */
  keyOnPage(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || wants(event.target, event.key)) {
      return;
    }
    if (event.key === ' ') {
      event.preventDefault();
      this.toggle.click();
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      this.key(event);
    }
  }

  show() {
    const { player } = this;
    text(this.toggle, player.playing ? 'Pause' : player.atEnd ? 'Replay' : 'Play');
    this.slider.value = Math.round((1000 * player.positionMs) / (player.times.lengthMs || 1));
  }

  /** What the position means, for those who hear it instead of seeing it. */
  tell(words) {
    set(this.slider, { 'aria-valuetext': words });
  }
}
