// Where the members answer HTTP, and asking them. The page outlives the member that served it.

import { Strangers } from './strangers.js';

const TIMEOUT_MS = 8_000;
/** A process that is started answers when it is ready. */
const FAULT_TIMEOUT_MS = 90_000;

/** A request that brought no answer. What the member did with it is not known here. */
export class NoAnswer extends Error {}

export class Members {
  constructor(session) {
    this.session = session;
    this.addresses = new Map();
    this.strange = new Strangers();
    this.home = undefined;
    this.reachable = () => true;
  }

  /** Takes ids and addresses from the body of `/v1/cluster`; `here` if this page's own origin answered it. */
  learn(cluster, here) {
    if (here) {
      this.home = cluster.coordinator;
    }
    for (const node of cluster.nodes) {
      if (node.id === this.home) {
        this.addresses.set(node.id, location.origin);
      } else if (node.http) {
        this.addresses.set(node.id, `${location.protocol}//${node.http}`);
      } else if (!this.addresses.has(node.id)) {
        this.addresses.set(node.id, null);
      }
    }
  }

  /** The process that served this page, before it has said who else there is. */
  isServedBy(id) {
    this.home = id;
    this.addresses.set(id, location.origin);
  }

  ids() {
    return [...this.addresses.keys()];
  }

  /** Members with an address, those that this page hears first, and the one that served it before others. */
  byPromise() {
    const rank = (id) => (this.reachable(id) ? 0 : 2) + (id === this.home ? 0 : 1);
    return this.ids()
      .filter((id) => this.addresses.get(id) && !this.strange.has(id))
      .sort((a, b) => rank(a) - rank(b));
  }

  /**
   * Asks one member, once.
   * @param take what to make of the body: `text`, or something else of it
   * @returns {Promise<{status, ok, headers, text, json, elapsedMs, through}>} `json` is undefined if the body is none
   * @throws {NoAnswer} if nothing came back
   */
  async askOne(id, path, { timeoutMs = TIMEOUT_MS, take = whole, ...options } = {}) {
    const address = this.addresses.get(id);
    if (!address) {
      throw new NoAnswer(`${id} has no HTTP address in the configuration: its member entry needs an httpPort`);
    }
    const start = performance.now();
    let response;
    let body;
    try {
      response = await fetch(address + path, {
        cache: 'no-store',
        credentials: this.session.isSent ? 'include' : 'same-origin',
        signal: AbortSignal.timeout(timeoutMs),
        ...options,
      });
      body = await take(response);
    } catch (failure) {
      const why = failure.name === 'TimeoutError' ? `was silent for ${timeoutMs / 1000} s` : 'cannot be reached';
      throw new NoAnswer(`${id} (${address}) ${why}`);
    }
    if (response.status === 401) {
      this.isUnknownTo(id);
      throw new NoAnswer(`${id} (${address}) does not know you`);
    }
    return {
      status: response.status,
      ok: response.ok,
      headers: response.headers,
      text: '',
      ...body,
      json: parsed(response, body.text ?? ''),
      elapsedMs: performance.now() - start,
      through: id,
    };
  }

  /** Its own process ends the session. Another member may never have heard of it, and is left alone for a while. */
  isUnknownTo(id) {
    if (id === this.home) {
      this.session.end();
    } else {
      this.strange.add(id);
    }
  }

  /** Injects a fault, once, through a member that it does not befall if there is one. */
  async injectFault(fault) {
    const members = this.byPromise();
    const through = members.find((id) => id !== fault.node && this.reachable(id)) ?? members[0];
    return this.askOne(through, '/v1/faults', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(fault),
      timeoutMs: FAULT_TIMEOUT_MS,
    });
  }

  /** Asks one member after the other until one answers: only for what may be asked twice. */
  async ask(path, options) {
    const failures = [];
    for (const id of this.byPromise()) {
      try {
        return await this.askOne(id, path, options);
      } catch (failure) {
        failures.push(failure.message);
      }
    }
    throw new NoAnswer(`no member answered: ${failures.join('; ')}`);
  }
}

async function whole(response) {
  return { text: await response.text() };
}

function parsed(response, body) {
  if (!/json/.test(response.headers.get('Content-Type') ?? '')) {
    return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What an answer says went wrong, in its own words where it has some. */
export function problemText(answer) {
  const detail = answer.json?.detail ?? answer.text.slice(0, 200);
  return `${answer.status}: ${detail || 'no further words'}`;
}
