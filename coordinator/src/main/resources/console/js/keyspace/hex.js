// Bytes in hexadecimal, and back. Pure.

/** One line for `width` bytes: where it begins, the bytes, and those of them that are letters. */
export function hexLines(bytes, width = 16) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += width) {
    const part = [...bytes.subarray(at, at + width)];
    const codes = part.map(two).join(' ').padEnd(width * 3 - 1);
    lines.push(`${at.toString(16).padStart(6, '0')}  ${codes}  ${part.map(letter).join('')}`);
  }
  return lines;
}

/** Bytes as they are edited: in pairs, sixteen a line. */
export function hexOf(bytes) {
  return Array.from(bytes, (byte, i) => two(byte) + (i % 16 === 15 ? '\n' : ' ')).join('').trimEnd();
}

/** @throws {RangeError} if it is no hexadecimal */
export function bytesOfHex(typed) {
  const digits = typed.replace(/\s/g, '');
  const wrong = digits.match(/[^0-9a-f]/i);
  if (wrong) {
    throw new RangeError(`\u201c${wrong[0]}\u201d is no digit of hexadecimal`);
  }
  if (digits.length % 2 === 1) {
    throw new RangeError(`a byte has two digits, and these are ${digits.length}`);
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function two(byte) {
  return byte.toString(16).padStart(2, '0');
}

function letter(byte) {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
