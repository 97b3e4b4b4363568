// Where everything stands on the stage, for a wide and for a narrow window. Pure.

/** @returns {{width, height, client, coordinator, replicas, label}} centres in the units of the drawing */
export function places(ids, narrow) {
  return narrow ? below(ids) : beside(ids);
}

function beside(ids) {
  const gap = ids.length > 5 ? 84 : 108;
  const height = Math.max(336, gap * ids.length + 12);
  const middle = height / 2;
  const first = middle - (gap * (ids.length - 1)) / 2;
  const replicas = new Map(ids.map((id, i) => [id, { x: 640, y: first + i * gap }]));
  return { width: 880, height, client: { x: 80, y: middle }, coordinator: { x: 310, y: middle }, replicas, label: { dx: 48, dy: -6, anchor: 'start' } };
}

function below(ids) {
  const width = 360;
  const gap = Math.min(118, (width - 12) / ids.length);
  const first = width / 2 - (gap * (ids.length - 1)) / 2;
  const replicas = new Map(ids.map((id, i) => [id, { x: first + i * gap, y: 372 }]));
  return { width, height: 474, client: { x: width / 2, y: 34 }, coordinator: { x: width / 2, y: 172 }, replicas, label: { dx: 0, dy: 54, anchor: 'middle' } };
}

/** A point on the way from `a` to `b`, which begins and ends at the edge of both. */
export function between(a, b, done, gapA, gapB) {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const at = (gapA + (length - gapA - gapB) * ease(done)) / length;
  return { x: a.x + (b.x - a.x) * at, y: a.y + (b.y - a.y) * at };
}

function ease(t) {
  return t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2;
}
