// The keys behind a prefix, a part at a time: all of them in one list, or the folders and keys of one level.

import { keyBytes, keyOf, keyText, percent } from '../keys.js';
import { problemText } from '../members.js';
import { entriesOf } from './folders.js';

const KEYS_A_PAGE = 500;
/** A folder may hide any number of keys. So few are asked for, and then those behind it. */
const KEYS_A_LOOK = 60;
const ENTRIES_A_PAGE = 60;
const LOOKS_MAX = 12;

export class Scan {
  /**
   * @param prefix bytes
   * @param filter letters that the key has behind the prefix, in either case
   */
  constructor(members, { prefix, filter = '', inFolders = false }) {
    this.members = members;
    this.prefix = prefix;
    this.filter = filter.toLowerCase();
    this.inFolders = inFolders;
  }

  /**
   * One part.
   *
   * @param from `next` of the part before, or undefined
   * @returns {Promise<{rows, next, looked}>} `next` is undefined at the end, and `looked` counts the keys that came
   */
  async page(from) {
    const page = this.inFolders ? await this.level(from) : await this.keys(from, KEYS_A_PAGE);
    return { ...page, rows: page.rows.filter((row) => this.matches(row)) };
  }

  async level(from) {
    const rows = [];
    let looked = 0;
    let next = from;
    for (let looks = 0; looks < LOOKS_MAX && rows.length < ENTRIES_A_PAGE; looks++) {
      const page = await this.keys(next, KEYS_A_LOOK);
      const { entries, behind } = entriesOf(this.prefix, page.rows);
      rows.push(...entries);
      looked += page.looked;
      next = page.next && behind !== undefined ? { start: behind } : page.next;
      if (!next) {
        break;
      }
    }
    return { rows, next, looked };
  }

  async keys(from, limit) {
    const parameters = [
      'values=false',
      `limit=${limit}`,
      `prefix=${percent(this.prefix)}`,
      from?.start && `start=${percent(from.start)}`,
      from?.cursor && `cursor=${from.cursor}`,
    ];
    const answer = await this.members.ask(`/v1/kv?${parameters.filter(Boolean).join('&')}`);
    if (!answer.ok) {
      throw new Error(problemText(answer));
    }
    const { items, next } = answer.json;
    return {
      rows: items.map((item) => ({ bytes: keyBytes(item), version: item.version })),
      next: next === null ? undefined : { start: from?.start, cursor: next },
      looked: items.length,
    };
  }

  matches(row) {
    return this.filter === '' || this.nameOf(row).toLowerCase().includes(this.filter);
  }

  /** What a row is called in its list. */
  nameOf(row) {
    return keyText(keyOf(row.bytes.slice(this.prefix.length)), Infinity);
  }
}
