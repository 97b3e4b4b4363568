// Plays a story: position, speed, steps. Knows nothing of what is drawn.

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Tells listeners of `move` (position changed) and `state` (playing or not). */
export class Player extends EventTarget {
  constructor() {
    super();
    this.times = { playAt: [0], lengthMs: 0 };
    this.positionMs = 0;
    this.speed = 1;
    this.until = undefined;
    this.playing = false;
    this.frame = (now) => this.tick(now);
  }

  load(times, positionMs = 0) {
    this.times = times;
    this.positionMs = Math.min(positionMs, times.lengthMs);
    this.tell('move');
  }

  get atEnd() {
    return this.positionMs >= this.times.lengthMs;
  }

  play() {
    if (this.atEnd) {
      this.positionMs = 0;
    }
    this.run(this.times.lengthMs);
  }

  pause() {
    this.playing = false;
    this.tell('state');
  }

  seek(positionMs) {
    this.pause();
    this.move(positionMs);
  }

  /** Plays on to the next step, and stops there. */
  forward() {
    this.run(this.nextStepMs);
  }

  get nextStepMs() {
    return this.times.playAt.find((at) => at > this.positionMs + 1) ?? this.times.lengthMs;
  }

  back() {
    this.seek(this.times.playAt.findLast((at) => at < this.positionMs - 1) ?? 0);
  }

  run(until) {
    this.until = until;
    this.lastMs = undefined;
    if (!this.playing) {
      this.playing = true;
      requestAnimationFrame(this.frame);
    }
    this.tell('state');
  }

  tick(now) {
    if (!this.playing) {
      return;
    }
    // A tab that was hidden gets no frames: its time does not count.
    const passed = this.lastMs === undefined ? 0 : Math.min(100, now - this.lastMs) * this.speed;
    this.lastMs = now;
    this.move(Math.min(this.until, this.positionMs + passed));
    if (this.positionMs >= this.until) {
      this.pause();
    } else {
      requestAnimationFrame(this.frame);
    }
  }

  move(positionMs) {
    this.positionMs = Math.max(0, Math.min(this.times.lengthMs, positionMs));
    this.tell('move');
  }

  /** Where to draw: with reduced motion things do not move, they are at one place and then at the next. */
  get drawnMs() {
    return calm.matches && this.playing
      ? (this.times.playAt.findLast((at) => at <= this.positionMs) ?? 0)
      : this.positionMs;
  }

  tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
