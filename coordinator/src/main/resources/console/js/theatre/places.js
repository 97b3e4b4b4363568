// Where everything stands on the stage, for a wide and for a narrow window. Pure.

const ROW_MAX = 3;

/** @returns {{width, height, client, coordinator, replicas, label, now}} centres in the units of the drawing, and where
 *   the words of a replica stand from its centre */
export function places(ids, narrow) {
  return narrow ? below(ids) : beside(ids);
}

function beside(ids) {
  const gap = ids.length > 3 ? 76 : 108;
  const height = Math.max(336, gap * ids.length + 12);
  const middle = height / 2;
  const first = middle - (gap * (ids.length - 1)) / 2;
  const replicas = new Map(ids.map((id, i) => [id, { x: 640, y: first + i * gap }]));
  return {
    width: 880,
    height,
    client: { x: 80, y: middle },
    coordinator: { x: 310, y: middle },
    replicas,
    label: { dx: 48, dy: -6, anchor: 'start' },
    now: { dx: 48, dy: -24, anchor: 'start' },
  };
}

/** Up to three in a row, for the sake of their labels; the rows differ in number where they can, so that ways pass between. */
function below(ids) {
  const width = 360;
  const rows = Math.ceil(ids.length / ROW_MAX);
  const perRow = Math.ceil(ids.length / rows);
  const replicas = new Map(
    ids.map((id, i) => {
      const row = Math.floor(i / perRow);
      const inRow = Math.min(perRow, ids.length - row * perRow);
      return [id, { x: width / 2 + ((i % perRow) - (inRow - 1) / 2) * 118, y: 372 + row * 124 }];
    }),
  );
  return {
    width,
    height: 474 + (rows - 1) * 124,
    client: { x: width / 2, y: 34 },
    coordinator: { x: width / 2, y: 172 },
    replicas,
    label: { dx: 0, dy: 54, anchor: 'middle' },
    now: { dx: 0, dy: -41, anchor: 'middle' },
  };
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
