// One stream of events from every member, merged. Members come and go. The events received stay.

import { FRESH_MS } from './standing.js';

const SILENT_MS = 4_000;
const RETRY_MS = 2_000;
const HIDDEN_MS = 60_000;
const REQUESTS_KEPT = 300;

/**
 * Tells listeners of `request` (detail: a request as in `/v1/events`), `cluster` (a member's view changed) and `links`
 * (which members this page hears).
 */
export class Live extends EventTarget {
  constructor(members) {
    super();
    this.members = members;
    this.links = new Map();
    this.views = new Map();
    /** When each view came. */
    this.viewedAt = new Map();
    this.requests = [];
    this.seen = new Set();
    /** A request that another page wants to see on the stage. */
    this.wanted = undefined;
    members.reachable = (id) => this.hears(id);
    setInterval(() => this.watch(), 1_000);
    document.addEventListener('visibilitychange', () => this.visibility());
    // A browser keeps a page that was left, and with it a stream. It has six connections for each host.
    addEventListener('pagehide', () => this.fallAsleep());
    addEventListener('pageshow', () => this.wake());
  }

  /** Opens what is missing; to be called whenever members were learnt. */
  connect() {
    for (const id of this.members.ids()) {
      if (!this.links.has(id) && this.members.addresses.get(id)) {
        this.links.set(id, { state: 'connecting', heardAt: Date.now() });
        this.open(id);
      }
    }
  }

  hears(id) {
    return this.links.get(id)?.state === 'open';
  }

  /** Members whose stream is lost or was never there. */
  unheard() {
    return this.members.ids().filter((id) => ['lost', undefined].includes(this.links.get(id)?.state));
  }

  open(id) {
    const link = this.links.get(id);
    link.source?.close();
    const source = new EventSource(`${this.members.addresses.get(id)}/v1/events`, {
      withCredentials: this.members.session.isSent,
    });
    link.source = source;
    link.openedAt = Date.now();
    source.addEventListener('hello', () => this.heard(id));
    source.addEventListener('cluster', (event) => this.onCluster(id, JSON.parse(event.data)));
    source.addEventListener('request', (event) => this.onRequest(id, JSON.parse(event.data)));
    source.addEventListener('error', () => {
      if (link.source === source) {
        this.lost(id);
        this.inquire(id, source);
      }
    });
  }

  /** A browser says that a stream was refused, but not why. */
  async inquire(id, source) {
    if (this.members.session.isSent && source.readyState === EventSource.CLOSED) {
      await this.members.askOne(id, '/v1/session').catch(() => {});
      this.tell('links');
    }
  }

  heard(id) {
    const link = this.links.get(id);
    this.members.strange.delete(id);
    link.heardAt = Date.now();
    if (link.state !== 'open') {
      link.state = 'open';
      this.tell('links');
    }
  }

  lost(id) {
    const link = this.links.get(id);
    if (link.state !== 'lost') {
      link.state = 'lost';
      this.views.delete(id);
      this.tell('links');
      this.tell('cluster');
    }
  }

  /** A stopped process keeps its connection and says nothing; and a browser gives up on some errors by itself. */
  watch() {
    const now = Date.now();
    for (const [id, link] of this.links) {
      if (link.state === 'asleep' || this.members.strange.isLeftAlone(id)) {
        continue;
      }
      if (link.state !== 'lost' && now - link.heardAt > SILENT_MS) {
        this.lost(id);
      }
      if (link.state === 'lost' && now - link.openedAt > RETRY_MS && this.mayReopen(link, now)) {
        this.open(id);
      }
    }
  }

  mayReopen(link, now) {
    return link.source.readyState !== EventSource.CONNECTING || now - link.openedAt > SILENT_MS;
  }

  onCluster(id, cluster) {
    this.heard(id);
    this.members.learn(cluster, false);
    this.connect();
    this.views.set(id, cluster);
    this.viewedAt.set(id, Date.now());
    this.tell('cluster', id);
  }

  onRequest(id, request) {
    this.heard(id);
    const identity = `${request.node}/${request.id}`;
    if (this.seen.has(identity)) {
      return;
    }
    this.seen.add(identity);
    request.identity = identity;
    request.cameAt = Date.now();
    this.requests.unshift(request);
    this.requests.splice(REQUESTS_KEPT).forEach((old) => this.seen.delete(old.identity));
    this.tell('request', request);
  }

  /** A hidden page costs the cluster nothing, after a while. */
  visibility() {
    clearTimeout(this.sleep);
    if (document.hidden) {
      this.sleep = setTimeout(() => this.fallAsleep(), HIDDEN_MS);
      return;
    }
    this.wake();
  }

  fallAsleep() {
    this.links.forEach((link) => {
      link.source.close();
      link.state = 'asleep';
    });
  }

  wake() {
    this.members.strange.clear(); // the user may have logged in there meanwhile
    for (const [id, link] of this.links) {
      if (link.state === 'asleep') {
        link.state = 'connecting';
        link.heardAt = Date.now();
        this.open(id);
      }
    }
  }

  /** The fresh view of the member that reaches most, as it has most to tell; undefined before the first of all. */
  view() {
    const fresh = this.fresh();
    return (fresh.length > 0 ? fresh : [...this.views.values()]).reduce(
      (best, each) => (best === undefined || each.up > best.up ? each : best),
      undefined,
    );
  }

  /** The views that are not of a process that may have stopped since. */
  fresh() {
    const now = Date.now();
    return this.told()
      .filter(({ at }) => now - at < FRESH_MS)
      .map(({ view }) => view);
  }

  /** All views, each with the instant at which it came. */
  told() {
    return [...this.views].map(([id, view]) => ({ view, at: this.viewedAt.get(id) ?? 0 }));
  }

  /** Members in the order of the configuration, as the best view has them. */
  nodes() {
    return this.view()?.nodes ?? [];
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
