// A value as far as it was read: its bytes, what they are, and which version they belong to.

/** So much of a value is read without asking. */
export const PART_BYTES = 16 * 1024;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Reads the first bytes of a body, and leaves the rest where it is. For `take` of a request. */
export function firstBytes(most) {
  return async (response) => {
    if (!response.ok) {
      return { text: await response.text() };
    }
    const reader = response.body.getReader();
    const parts = [];
    let got = 0;
    while (got < most) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      parts.push(value);
      got += value.length;
    }
    await reader.cancel();
    const bytes = joined(parts, got).subarray(0, most);
    return { bytes, size: Number(response.headers.get('Content-Length') ?? bytes.length) };
  };
}

function joined(parts, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The value that an answer brought. */
export function valueOf(answer, now = Date.now()) {
  const { bytes, size, headers } = answer;
  const isWhole = bytes.length >= size;
  const text = decoded(bytes, isWhole);
  const restMs = parseInt(headers.get('Quorate-Expires-In') ?? '', 10);
  return {
    bytes,
    size,
    isWhole,
    text,
    isBinary: text === undefined || CONTROLS.test(text),
    type: headers.get('Content-Type') ?? 'application/octet-stream',
    version: versionIn(answer),
    endsAt: Number.isNaN(restMs) ? undefined : now + restMs,
  };
}

/** The version that an answer shows; also a 404 and a 412 may have one. */
export function versionIn(answer) {
  return answer.headers.get('ETag')?.replaceAll('"', '') ?? undefined;
}

/** Undefined if it is not UTF-8. A value in part may end within a letter. */
function decoded(bytes, isWhole) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return undefined;
  }
}
