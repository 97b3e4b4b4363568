// Figures for people: a unit on everything, and no more digits than mean something.

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];

export const DASH = '\u2013';

export function bytes(count) {
  if (count === undefined || count === null) {
    return DASH;
  }
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : digits(value)} ${BYTE_UNITS[unit]}`;
}

export function micros(us) {
  if (us === undefined || us === null) {
    return DASH;
  }
  if (us < 1000) {
    return `${Math.round(us)} µs`;
  }
  return us < 1e6 ? `${digits(us / 1000)} ms` : `${digits(us / 1e6)} s`;
}

export function millis(ms) {
  return ms === undefined || ms === null ? DASH : micros(ms * 1000);
}

export function duration(ms) {
  const s = Math.floor(ms / 1000);
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${s % 60} s`;
  }
  const hours = Math.floor(s / 3600);
  return hours < 48 ? `${hours} h ${Math.floor((s % 3600) / 60)} min` : `${Math.floor(hours / 24)} days`;
}

export function count(value) {
  return value === undefined || value === null ? DASH : value.toLocaleString('en');
}

/** Three significant digits. */
export function digits(value) {
  if (value >= 100) {
    return String(Math.round(value));
  }
  return value.toFixed(value >= 10 ? 1 : 2);
}

export function word(number) {
  return WORDS[number] ?? String(number);
}

export function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function plural(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** "n1", "n1 and n2", "n1, n2 and n3". */
export function list(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** The time of day to the millisecond, as this browser's zone has it. */
export function timeOfDay(date) {
  const two = (value) => String(value).padStart(2, '0');
  const ms = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

export function short(value, most) {
  const letters = [...value];
  return letters.length <= most ? value : `${letters.slice(0, most - 1).join('')}\u2026`;
}
