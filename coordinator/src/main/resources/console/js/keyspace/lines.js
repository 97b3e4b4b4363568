// Which lines two texts do not have in common. Pure.

/** More than so many lines are not compared one by one. */
const LINES_MAX = 600;

/** @returns an array of `{sign, line}`: `=` for a line of both, `-` for one of `stored` alone, `+` for one of `mine` alone */
export function compareLines(stored, mine) {
  const left = stored.split('\n');
  const right = mine.split('\n');
  const head = commonLength(left, right, (i) => left[i] === right[i]);
  const rest = Math.min(left.length, right.length) - head;
  const tail = commonLength({ length: rest }, { length: rest }, (i) => left.at(-1 - i) === right.at(-1 - i));
  const middle = between(left.slice(head, left.length - tail), right.slice(head, right.length - tail));
  return [...left.slice(0, head).map(same), ...middle, ...left.slice(left.length - tail).map(same)];
}

const same = (line) => ({ sign: '=', line });
const gone = (line) => ({ sign: '-', line });
const added = (line) => ({ sign: '+', line });

function commonLength(left, right, isSame) {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && isSame(length)) {
    length++;
  }
  return length;
}

/** The longest common subsequence, by the table of the lengths of those of all ends. */
function between(left, right) {
  if (left.length > LINES_MAX || right.length > LINES_MAX) {
    return [...left.map(gone), ...right.map(added)];
  }
  const longest = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      longest[i][j] = left[i] === right[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const out = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      out.push(same(left[i++]));
      j++;
    } else if (j === right.length || (i < left.length && longest[i + 1][j] >= longest[i][j + 1])) {
      out.push(gone(left[i++]));
    } else {
      out.push(added(right[j++]));
    }
  }
  return out;
}
