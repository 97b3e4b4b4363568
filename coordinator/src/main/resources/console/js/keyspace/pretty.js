// JSON with line breaks. Its strings and numbers stay as they were written: a parser would round 12345678901234567890. Pure.

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;
const INDENT = '  ';

/** Undefined if it is no JSON. */
export function pretty(text) {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const out = [];
  let depth = 0;
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    const isEmpty = closes && (before === '{' || before === '[');
    depth -= closes ? 1 : 0;
    if (!isEmpty && (closes || before === '{' || before === '[' || before === ',')) {
      out.push('\n', INDENT.repeat(depth));
    }
    out.push(token === ':' ? ': ' : token);
    depth += token === '{' || token === '[' ? 1 : 0;
    before = token;
  }
  return out.join('');
}
