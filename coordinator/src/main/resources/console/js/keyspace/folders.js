// Keys as a tree: what stands between two slashes is a folder. Pure.

const SLASH = '/';
const BEHIND_SLASH = '0';

/**
 * The entries of one folder among some of its keys.
 *
 * @param prefix bytes of the folder
 * @param items keys in their order, each with `bytes`
 * @returns {{entries, behind}} keys, and folders with `isFolder`; `behind` is the first key that is not in the last folder,
 *   and undefined if the last entry is a key
 */
export function entriesOf(prefix, items) {
  const entries = [];
  let behind;
  for (const item of items) {
    if (behind !== undefined && item.bytes < behind) {
      continue;
    }
    const slash = item.bytes.indexOf(SLASH, prefix.length);
    behind = undefined;
    if (slash < 0) {
      entries.push(item);
    } else {
      behind = item.bytes.slice(0, slash) + BEHIND_SLASH;
      entries.push({ bytes: item.bytes.slice(0, slash + 1), isFolder: true });
    }
  }
  return { entries, behind };
}

/** The folders above some bytes, from the top, each as its bytes. */
export function pathOf(bytes) {
  const folders = [];
  for (let at = bytes.indexOf(SLASH); at >= 0; at = bytes.indexOf(SLASH, at + 1)) {
    folders.push(bytes.slice(0, at + 1));
  }
  return folders;
}

/** The folder that has these bytes. */
export function parentOf(bytes) {
  return pathOf(bytes.endsWith(SLASH) ? bytes.slice(0, -1) : bytes).at(-1) ?? '';
}
