// What the reader has to know on every page: which members this page cannot hear, and what failed.

import { h, keyed, set, text } from './dom.js';
import { list } from './format.js';

const FAILURE_MS = 12_000;

export class Notices {
  constructor(element, live, members) {
    this.element = element;
    this.live = live;
    this.members = members;
    this.failures = [];
    this.boot = undefined;
    live.addEventListener('links', () => this.show());
  }

  /** Shows a failure for a while, on top of the page. */
  fail(what) {
    this.failures = [...this.failures.filter((each) => each !== what), what].slice(-3);
    setTimeout(() => {
      this.failures = this.failures.filter((each) => each !== what);
      this.show();
    }, FAILURE_MS);
    this.show();
  }

  /** The page has not heard of any member yet, and why. */
  starting(why) {
    this.boot = why;
    this.show();
  }

  show() {
    const items = [...this.links(), ...this.failures.map((what) => ({ kind: 'failure', what }))];
    keyed(
      this.element,
      items,
      (item) => item.kind + item.what,
      (item) =>
        h(
          'p',
          { class: `notice ${item.kind}` },
          h('span', { class: 'notice-sign', 'aria-hidden': 'true' }, item.kind === 'failure' ? '!' : '~'),
          h('span', {}, item.what),
        ),
    );
  }

  links() {
    if (this.boot) {
      return [{ kind: 'link', what: this.boot }];
    }
    const unheard = this.live.unheard();
    if (unheard.length === 0) {
      return [];
    }
    const heard = this.members.ids().filter((id) => this.live.hears(id));
    const unknown = unheard.filter((id) => !this.members.addresses.get(id));
    const strange = unheard.filter((id) => this.members.strange.has(id));
    const lost = unheard.filter((id) => this.members.addresses.get(id) && !strange.includes(id));
    const notices = [];
    const away = [];
    if (unknown.length > 0) {
      notices.push(`The configuration has no httpPort for ${list(unknown)}: requests through it do not show here.`);
    }
    if (lost.length > 0) {
      (heard.length === 0 ? notices : away).push(
        heard.length === 0
          ? `This page cannot reach any member (${list(lost)}). It keeps trying. It shows the last state that it received.`
          : `This page cannot reach ${list(lost)}. It goes on with ${list(heard)} and keeps trying.`,
      );
    }
    if (strange.length > 0) {
      const addresses = strange.map((id) => `${this.members.addresses.get(id)}/`);
      notices.push(
        `${list(strange)} ${strange.length === 1 ? 'does' : 'do'} not know you, since the session is for this host alone. Log in at ${list(addresses)} to see the requests through ${strange.length === 1 ? 'it' : 'them'}.`,
      );
    }
    return [
      ...notices.map((what) => ({ kind: 'link', what })),
      ...away.map((what) => ({ kind: 'link away', what })),
    ];
  }
}

/** A strip at the lower edge of the window, as long as a member says that it has no TLS and others may reach it. */
export function exposure(element, live) {
  const show = () => {
    const open = [...live.views.values()].filter((view) => view.insecureNetwork).map((view) => view.coordinator).sort();
    set(element, { hidden: open.length === 0 });
    text(
      element,
      open.length === 0
        ? ''
        : `Insecure network: ${list(open)} ${open.length === 1 ? 'has' : 'have'} no TLS. Everybody who reaches this cluster can read and write all data.`,
    );
  };
  live.addEventListener('cluster', show);
  show();
}

/** A small sign in the head of the page that events come in. */
export function pulse(element, live, members) {
  const show = () => {
    const ids = members.ids();
    const heard = ids.filter((id) => live.hears(id)).length;
    element.dataset.state = ids.length > 0 && heard === ids.length ? 'all' : heard > 0 ? 'some' : 'none';
    text(element, ids.length === 0 ? 'connecting' : `live: ${heard} of ${ids.length}`);
  };
  live.addEventListener('links', show);
  live.addEventListener('cluster', show);
  show();
}
