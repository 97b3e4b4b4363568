// Starts the page: learns the members, hears their events, shows the page that the address names.

import { h, set } from './dom.js';
import { History } from './history.js';
import { Live } from './live.js';
import { login, who } from './login.js';
import { Members } from './members.js';
import { Notices, exposure, pulse } from './notices.js';
import { Session } from './session.js';
import { themeSwitch } from './theme.js';
import { overview } from './pages/overview.js';
import { theatre } from './theatre/page.js';
import { keys } from './keyspace/page.js';
import { inspector } from './pages/inspector.js';
import { nodes } from './pages/nodes.js';
import { convergence } from './pages/convergence.js';
import { faults } from './pages/faults.js';
import { slow } from './pages/slow.js';

/** Each page builds its elements into `main` and returns how to stop what it started. */
const PAGES = [
  { path: 'overview', title: 'Overview', open: overview },
  { path: 'theatre', title: 'Quorum theatre', open: theatre },
  { path: 'keys', title: 'Keys', open: keys },
  { path: 'inspector', title: 'Key inspector', open: inspector },
  { path: 'nodes', title: 'Nodes', open: nodes },
  { path: 'convergence', title: 'Convergence', open: convergence },
  { path: 'faults', title: 'Faults', open: faults },
  { path: 'slow', title: 'Slow and failed', open: slow },
];
const BOOT_RETRY_MS = 1_500;

const main = document.getElementById('main');
const session = new Session();
const members = new Members(session);
const live = new Live(members);
const notices = new Notices(document.getElementById('notices'), live, members);
const context = { session, members, live, notices, history: new History(live, members) };
let close = () => {};

function route() {
  if (!session.who) {
    return; // the page asks for a token, or does not know yet whether it has to
  }
  const [path, ...rest] = location.hash.replace(/^#\//, '').split('/');
  const page = PAGES.find((each) => each.path === path) ?? PAGES[0];
  close();
  main.replaceChildren();
  main.className = `page-${page.path}`;
  document.title = `${page.title} \u2013 Quorate`;
  document.querySelectorAll('#pages a').forEach((link) => mark(link, link.dataset.path === page.path));
  close = page.open(main, context, rest.map(decoded)) ?? (() => {});
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function mark(link, current) {
  set(link, { 'aria-current': current ? 'page' : null });
  if (current) {
    link.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' });
  }
}

async function boot() {
  try {
    if (await session.ask()) {
      await start();
    } else {
      notices.starting(undefined);
      login(main, session, start);
    }
  } catch (failure) {
    notices.starting(`The member that served this page does not answer (${failure.message}). Trying again.`);
    setTimeout(boot, BOOT_RETRY_MS);
  }
}

/** The user is known now. */
async function start() {
  who(document.getElementById('who'), session, notices);
  if (session.may('observe')) {
    route();
    await meet();
  } else {
    members.isServedBy(session.who.coordinator);
    route();
    notices.starting(`${session.needs('observe')}. So this page shows nothing of the cluster.`);
  }
}

async function meet() {
  try {
    const response = await fetch('/v1/cluster', { cache: 'no-store' });
    const body = await response.json();
    if (response.status === 401) {
      session.end();
      return;
    }
    if (!response.ok) {
      throw new Error(body.detail ?? `status ${response.status}`);
    }
    members.learn(body, true);
    live.views.set(body.coordinator, body);
    live.viewedAt.set(body.coordinator, Date.now());
    live.connect();
    notices.starting(undefined);
    live.tell('cluster', body.coordinator);
    route(); // a page that asks when it is opened had no member to ask
  } catch (failure) {
    notices.starting(
      `The member that served this page does not answer /v1/cluster (${failure.message}). Trying again.`,
    );
    setTimeout(meet, BOOT_RETRY_MS);
  }
}

document
  .getElementById('pages')
  .append(...PAGES.map((page) => h('li', {}, h('a', { href: `#/${page.path}`, 'data-path': page.path }, page.title))));
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
themeSwitch(document.getElementById('theme'));
pulse(document.getElementById('pulse'), live, members);
exposure(document.getElementById('exposure'), live);
addEventListener('hashchange', () => {
  route();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
});
boot();
