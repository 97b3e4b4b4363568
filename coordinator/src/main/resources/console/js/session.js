// Who uses this page, and what that principal may do. Without an access file everybody may do everything.

import { set } from './dom.js';
import { keyPath } from './keys.js';

const PATH = '/v1/session';
const TIMEOUT_MS = 8_000;
const ENDED = 'quorate.ended';

/** A login that was refused, in words for a person. */
export class LoginRefused extends Error {}

export class Session {
  constructor() {
    /** As `/v1/session` says it. Undefined before somebody is logged in. */
    this.who = undefined;
    this.otherPages = new BroadcastChannel('quorate.session');
    this.otherPages.addEventListener('message', () => location.reload());
  }

  /** Asks the process that served this page. Returns whether it knows the user. */
  async ask() {
    const response = await fetch(PATH, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = await response.json();
    if (response.status === 401) {
      return false;
    }
    if (!response.ok) {
      throw new Error(body.detail ?? `status ${response.status}`);
    }
    this.who = body;
    return true;
  }

  /** @throws {LoginRefused} with what is wrong */
  async logIn(token) {
    let response;
    try {
      response = await fetch(PATH, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new LoginRefused('The node does not answer. Try again, or open the console of another node.');
    }
    if (!response.ok) {
      throw new LoginRefused(refusal(response, await response.json().catch(() => undefined)));
    }
    this.who = await response.json();
  }

  async logOut() {
    const response = await fetch(PATH, { method: 'DELETE', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) {
      throw new Error(`the node answers ${response.status}`);
    }
    this.otherPages.postMessage('out');
    location.reload();
  }

  /** The process that served this page does not know the user any more. A new page has nothing of the old session. */
  end() {
    if (this.who) {
      this.who = undefined;
      remember('1');
      location.reload();
    }
  }

  /** Whether other members get this browser's cookie for them, or its certificate. */
  get isSent() {
    return this.who !== undefined && this.who.by !== 'nothing';
  }

  may(role) {
    return this.grantsOf(role).length > 0;
  }

  /** @param typed as in a field for keys */
  mayKey(role, typed) {
    const prefixes = this.prefixesOf(role);
    if (prefixes.includes('')) {
      return true;
    }
    try {
      const key = bytesOf(keyPath(typed));
      return prefixes.some((prefix) => key.startsWith(prefix));
    } catch {
      return true; // it is no key, and the page says so when it is sent
    }
  }

  /** Whether all keys that begin with these bytes are the user's, as a scan of them asks. */
  mayPrefix(role, bytes) {
    return this.prefixesOf(role).some((prefix) => bytes.startsWith(prefix));
  }

  /** The first bytes of the keys that the user may read or write. Empty ones are for all keys. */
  prefixesOf(role) {
    return this.grantsOf(role).map((grant) => bytesOf(grant.split(':')[1] ?? ''));
  }

  grantsOf(role) {
    const isOf = (grant) => grant === role || grant === 'admin' || grant.startsWith(`${role}:`);
    return (this.who?.grants ?? []).filter(isOf);
  }

  /** Why a control is grey. Undefined if it is not. */
  missing(role) {
    return this.may(role) ? undefined : this.needs(role);
  }

  missingForKey(role, typed) {
    return this.mayKey(role, typed) ? undefined : this.needs(`${role} for this key`);
  }

  needs(role) {
    const grants = this.who?.grants ?? [];
    return `${this.who?.name} needs the role ${role}, and has ${grants.length > 0 ? grants.join(', ') : 'no grants'}`;
  }
}

/** Greys a button out if there is a reason, which becomes its title. */
export function grey(button, reason, otherwise = false) {
  button.disabled = reason !== undefined || otherwise;
  set(button, { title: reason });
}

/** Whether this page follows one whose session ended. Once. */
export function hasEnded() {
  try {
    const ended = sessionStorage.getItem(ENDED) !== null;
    sessionStorage.removeItem(ENDED);
    return ended;
  } catch {
    return false;
  }
}

function remember(value) {
  try {
    sessionStorage.setItem(ENDED, value);
  } catch {
    // The next page then does not say why it asks for a token.
  }
}

function refusal(response, problem) {
  if (response.status === 401) {
    return 'No principal has this token. It may be mistyped or revoked. A new one takes a few seconds to arrive.';
  }
  if (response.status === 429) {
    return `Too many logins from this address failed. Try again in ${response.headers.get('Retry-After')} s.`;
  }
  return problem?.detail ?? `The node answers ${response.status}.`;
}

/** One character for each byte of a percent-encoded text. */
function bytesOf(encoded) {
  return encoded.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}
