// A list of any length of which a bounded part is kept: what is far from the eye is dropped, and asked for again.

/** Beyond it a browser cannot place a row. */
const ROWS_MAX = 900_000;
/** How many keys a filter looks at before somebody has to ask for more. */
const LOOKED_MAX = 20_000;

/** Tells listeners of `change`. */
export class Pages extends EventTarget {
  /**
   * @param source has `page(from)` as a Scan
   * @param keptMax how many rows are kept, besides the page that is looked at
   */
  constructor(source, { keptMax = 5_000 } = {}) {
    super();
    this.source = source;
    this.keptMax = keptMax;
    /** In order: where each begins in the list and in the source, what follows, how many rows, and the rows while kept. */
    this.pages = [];
    this.length = 0;
    this.next = undefined;
    this.isDone = false;
    this.isClosed = false;
    this.looked = 0;
    this.lookedMax = LOOKED_MAX;
    this.failure = undefined;
    this.loading = false;
  }

  get isFull() {
    return this.length >= ROWS_MAX;
  }

  /** Whether the source has more, and nobody has asked for it yet. */
  get isTired() {
    return !this.isDone && this.looked >= this.lookedMax;
  }

  /** Undefined if the row is not kept now. */
  rowAt(index) {
    const page = this.pages[this.pageOf(index)];
    return page?.rows?.[index - page.first];
  }

  pageOf(index) {
    let low = 0;
    let high = this.pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.pages[middle].first <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** These rows are looked at. What is missing of them is loaded, a page at a time. */
  async want(first, last) {
    this.wanted = [first, last];
    if (this.loading || this.failure || this.isClosed || !this.missing()) {
      return;
    }
    this.loading = true;
    try {
      for (let load = this.missing(); load && !this.isClosed; load = this.missing()) {
        await load();
        this.forget();
        this.tell();
      }
    } catch (failure) {
      this.failure = failure.message;
    } finally {
      this.loading = false;
      this.tell();
    }
  }

  missing() {
    const hole = this.pages.findIndex((page) => page.rows === undefined && this.isWanted(page));
    if (hole >= 0) {
      return () => this.reload(hole);
    }
    const atEnd = this.isDone || this.isFull || this.isTired;
    return this.wanted[1] >= this.length && !atEnd ? () => this.append() : undefined;
  }

  async append() {
    const from = this.next;
    const { rows, next, looked } = await this.source.page(from);
    if (rows.length > 0) {
      this.pages.push({ first: this.length, from, next, count: rows.length, rows });
      this.length += rows.length;
    }
    this.looked = rows.length > 0 ? 0 : this.looked + looked;
    this.goOn(next);
  }

  /** If the keys changed meanwhile, what follows is not known any more. */
  async reload(place) {
    const page = this.pages[place];
    const { rows, next } = await this.source.page(page.from);
    const isSame = rows.length === page.count && JSON.stringify(next) === JSON.stringify(page.next);
    page.rows = rows;
    if (!isSame && place < this.pages.length - 1) {
      this.pages.length = place + 1;
      this.goOn(next);
    }
    page.next = next;
    page.count = rows.length;
    this.length = this.pages.at(-1).first + this.pages.at(-1).count;
  }

  goOn(next) {
    this.next = next;
    this.isDone = next === undefined;
  }

  isWanted(page) {
    return page.first <= this.wanted[1] && page.first + page.count > this.wanted[0];
  }

  /** The pages farthest from those that are looked at go first. */
  forget() {
    const middle = this.pageOf((this.wanted[0] + this.wanted[1]) / 2);
    const far = (page) => Math.abs(this.pageOf(page.first) - middle);
    let kept = 0;
    for (const page of this.pages.filter((each) => each.rows).sort((a, b) => far(a) - far(b))) {
      kept += page.count;
      if (kept > this.keptMax && !this.isWanted(page)) {
        page.rows = undefined;
      }
    }
  }

  tryAgain() {
    this.failure = undefined;
    this.lookedMax = this.looked + LOOKED_MAX;
    this.tell();
  }

  close() {
    this.isClosed = true;
  }

  tell() {
    this.dispatchEvent(new Event('change'));
  }
}
