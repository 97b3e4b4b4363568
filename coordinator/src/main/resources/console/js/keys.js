// Keys are bytes. Those that are UTF-8 travel in JSON as `key`, the others as `key64`.

import { h } from './dom.js';
import { short } from './format.js';

/** What identifies the key of a request or a survey among others; keys of text and of bytes never coincide. */
export function keyIdentity(body) {
  return body.key64 === undefined ? `t${body.key ?? ''}` : `b${body.key64}`;
}

/** For sentences: plain text, with what cannot be seen made visible. */
export function keyText(body, most = 40) {
  if (body.key64 !== undefined) {
    return `base64:${short(body.key64, most)}`;
  }
  return body.key === undefined ? 'a range of keys' : short(visible(body.key), most);
}

export function keyElement(body, most = 40) {
  if (body.key64 !== undefined) {
    return h(
      'code',
      { class: 'key' },
      h('abbr', { class: 'mark', title: 'not text: its bytes in Base64' }, 'base64'),
      short(body.key64, most),
    );
  }
  return h('code', { class: 'key' }, body.key === undefined ? 'range' : short(visible(body.key), most));
}

/** Control characters, and those that turn the direction of writing, as their code: nothing may hide in a key. */
export function visible(value) {
  return value.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu,
    (hidden) => `\\u${hidden.codePointAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A key as typed, encoded for a path, slashes too. `base64:` in front gives bytes that need not be text. */
export function keyPath(typed) {
  if (typed === '') {
    throw new RangeError('a key has 1 to 4096 bytes; this one is empty');
  }
  if (typed.startsWith('base64:')) {
    return percent(fromBase64(typed.slice('base64:'.length)));
  }
  if (typed === '.' || typed === '..') {
    throw new RangeError(
      `a browser takes the key '${typed}' for a step in a folder tree and cannot send it; the command quorate can`,
    );
  }
  return encodeURIComponent(typed);
}

/** A key as one would type it for `keyPath`. */
export function keyTyped(body) {
  if (body.key64 !== undefined) {
    return `base64:${body.key64}`;
  }
  return body.key.startsWith('base64:') ? `base64:${btoa(keyBytes(body))}` : body.key;
}

/** One character for each byte of a key, so that keys compare as the nodes order them. */
export function keyBytes(body) {
  return body.key64 === undefined ? binary(new TextEncoder().encode(body.key)) : atob(body.key64);
}

/** The bytes of a key or of a prefix as typed. Those of nothing are none. */
export function typedBytes(typed) {
  return typed.startsWith('base64:') ? fromBase64(typed.slice('base64:'.length)) : keyBytes({ key: typed });
}

/** The `key` or `key64` of some bytes. */
export function keyOf(bytes) {
  try {
    const letters = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
    return { key: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(letters) };
  } catch {
    return { key64: btoa(bytes) };
  }
}

/** Each byte percent-encoded, for a path or a parameter. */
export function percent(bytes) {
  return [...bytes].map((byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
}

function binary(octets) {
  return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
}

function fromBase64(base64) {
  try {
    return atob(base64);
  } catch {
    throw new RangeError('what follows base64: is not Base64');
  }
}
