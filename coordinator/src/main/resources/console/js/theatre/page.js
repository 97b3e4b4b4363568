// The quorum theatre: real requests of the cluster as messages, slowed down to be watched.

import { h } from '../dom.js';
import { word } from '../format.js';
import { Handoff } from './handoff.js';
import { majorities } from './majorities.js';
import { Requests } from './requests.js';
import { eventOf, isSame } from './same.js';
import { Screen } from './screen.js';
import { Sender } from './sender.js';
import { Tour } from './tour.js';

export function theatre(main, context) {
  const show = new Show(context);
  main.append(
    h(
      'div',
      { class: 'page-head' },
      h('h1', {}, 'Quorum theatre'),
      h(
        'p',
        { class: 'lead' },
        show.lead,
      ),
      show.followBox,
    ),
    h(
      'div',
      { class: 'theatre' },
      show.sender.element,
      show.screen.element,
      h('div', { class: 'theatre-aside' }, show.tour.element, show.requests.element, show.majorities),
    ),
  );
  return () => show.stop();
}

class Show {
  constructor({ session, live, members, notices }) {
    this.live = live;
    this.handoff = new Handoff({ members, live });
    this.sender = new Sender(
      { session, live, members },
      { sent: (sent) => (this.expected = sent), answered: (request) => this.answered(request) },
    );
    this.requests = new Requests(live, (request) => this.pick(request));
    this.tour = new Tour({ session, live, members, notices }, this.sender);
    this.screen = new Screen(this.tour.now.element, this.handoff.element);
    this.majorities = majorities(this.ids());
    this.follow = h('input', { type: 'checkbox', id: 'follow', 'data-test': 'follow', onchange: () => this.next(true) });
    this.followBox = h('label', { class: 'check', for: 'follow' }, this.follow, ' follow the cluster');
    this.onRequest = (event) => this.heard(event.detail);
    this.onCluster = () => this.nodesAre();
    this.onKey = (event) => this.screen.controls.keyOnPage(event);
    live.addEventListener('request', this.onRequest);
    live.addEventListener('cluster', this.onCluster);
    document.addEventListener('keydown', this.onKey);
    this.watch = setInterval(() => this.next(), 1_000);
    if (live.wanted) {
      this.put(live.wanted);
      live.wanted = undefined;
    } else if (live.requests.length > 0) {
      this.put(best(live.requests));
    }
    this.nodesAre();
  }

  get lead() {
    const n = this.ids().length || 3;
    const quorum = word(Math.floor(n / 2) + 1);
    return `Real requests, message by message. Watch why ${quorum} of ${word(n)} suffice.`;
  }

  /** A node that goes or comes back shows at once, before the next request. */
  nodesAre() {
    if (!this.shown && this.ids().length > 0 && !this.screen.story) {
      this.screen.rest(this.ids(), this.live.members.home ?? this.ids()[0]);
    }
    this.screen.nodesAre(this.live.nodes());
  }

  stop() {
    clearInterval(this.watch);
    this.live.removeEventListener('request', this.onRequest);
    this.live.removeEventListener('cluster', this.onCluster);
    document.removeEventListener('keydown', this.onKey);
    [this.screen, this.handoff, this.sender, this.requests, this.tour].forEach((each) => each.stop());
  }

  ids() {
    return this.live.nodes().map((node) => node.id);
  }

  put(request, how) {
    this.shown = request;
    this.requests.choose(request.identity);
    this.screen.show(request, this.ids(), how);
  }

  pick(request) {
    this.follow.checked = false;
    this.put(request);
  }

  /** A request of this page plays at once, from its answer, unless its event was faster: the event knows more. */
  answered(request) {
    const event = eventOf(request, this.live.requests);
    this.expected = undefined;
    this.awaited = event ? undefined : request;
    this.put(event ?? request);
    this.screen.comeIntoView();
  }

  heard(request) {
    if (this.awaited && isSame(this.awaited, request)) {
      const onStage = this.shown === this.awaited;
      this.awaited = undefined;
      if (onStage) {
        this.shown = request;
        this.requests.choose(request.identity);
        this.screen.replace(request, this.ids());
      }
    } else if (!this.shown || this.isExpected(request)) {
      this.expected = undefined;
      this.put(request);
    } else {
      this.next();
    }
  }

  /** A refusal tells no rounds: its story comes with the event only. */
  isExpected({ node, kind, outcome }) {
    return this.expected?.node === node && this.expected.kind === kind && !['read', 'applied'].includes(outcome);
  }

  /** @param now whether what is on stage has to give way */
  next(now = false) {
    const newest = this.live.requests[0];
    if (this.follow.checked && (now || this.screen.idle) && newest && newest !== this.shown) {
      this.put(newest);
    }
  }
}

/** The latest that has something to see, if there is one among the last few. */
function best(requests) {
  const recent = requests.slice(0, 20);
  return (
    recent.find((request) => request.evidence.repaired?.length > 0) ??
    recent.find((request) => /read|write/.test(request.kind)) ??
    recent[0]
  );
}
