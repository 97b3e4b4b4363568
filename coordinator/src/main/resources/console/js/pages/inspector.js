// One key, each replica's own copy side by side, and what a read would do about it.

import { h, text } from '../dom.js';
import { bytes, millis } from '../format.js';
import { keyElement, keyPath, visible } from '../keys.js';
import { problemText } from '../members.js';
import { grey } from '../session.js';
import { verdict } from '../verdict.js';
import { msBetween, newest, versionNames } from '../versions.js';

const VALUE_LETTERS_MAX = 2_000;

export function inspector(main, { session, members, notices }, [given]) {
  const key = h('input', {
    id: 'inspect-key',
    'data-test': 'inspect-key',
    autocomplete: 'off',
    spellcheck: 'false',
    value: given ?? 'greeting',
    oninput: () => judge(),
  });
  const result = h('div', { class: 'inspection', 'aria-live': 'polite' });
  const said = h('p', { class: 'said', role: 'status' });
  const run = (action) => async () => {
    try {
      await action(keyPath(key.value));
    } catch (failure) {
      notices.fail(failure.message);
      text(said, failure.message);
    }
  };
  const look = async (path) => {
    const answer = await members.ask(`/v1/keys/${path}/replicas`);
    if (!answer.ok) {
      throw new RangeError(problemText(answer));
    }
    const value = await smallValue(members, path, answer.json);
    result.replaceChildren(...survey(answer.json, answer.through, value));
  };
  const ask = (method, level, words) =>
    run(async (path) => {
      const send = method === 'GET' ? members.ask.bind(members) : members.askOne.bind(members, members.byPromise()[0]);
      const answer = await send(`/v1/kv/${path}?consistency=${level}`, { method });
      const evidence = answer.headers.get('Quorate-Evidence') ?? '';
      text(
        said,
        answer.ok || answer.status === 404
          ? `${words}: ${answer.status === 404 ? 'there is no value' : answer.status}. ${evidence}`
          : problemText(answer),
      );
      if (session.mayKey('read', key.value)) {
        await look(path);
      }
    });
  const remove = ask('DELETE', 'linearizable', 'Deleted');
  const button = (label, role, attributes) => h('button', { type: 'button', 'data-role': role, ...attributes }, label);
  const buttons = h(
    'div',
    { class: 'buttons' },
    button('Inspect', 'read', { class: 'primary', type: 'submit', 'data-test': 'inspect' }),
    button('Read (repairs)', 'read', { onclick: ask('GET', 'linearizable', 'Read') }),
    button('Read level one', 'read', { onclick: ask('GET', 'one', 'Read at level one') }),
    button('Delete', 'write', {
      class: 'danger',
      'data-test': 'delete',
      onclick: () => confirm(`Delete \u201c${visible(key.value)}\u201d on every replica?`) && remove(),
    }),
  );
  const judge = () =>
    [...buttons.children].forEach((each) => grey(each, session.missingForKey(each.dataset.role, key.value)));
  const form = h(
    'form',
    {
      class: 'panel inspect-form',
      onsubmit: (event) => {
        event.preventDefault();
        run(look)();
      },
    },
    h('div', { class: 'field' }, h('label', { for: 'inspect-key' }, 'Key'), key),
    buttons,
    h(
      'p',
      { class: 'hint' },
      'Inspecting changes nothing. For a key that is not text write base64: and its bytes in Base64.',
    ),
    said,
  );
  main.append(
    h(
      'div',
      { class: 'page-head' },
      h('h1', {}, 'Key inspector'),
      h('p', { class: 'lead' }, 'What each replica holds of one key by itself, side by side.'),
    ),
    form,
    result,
  );
  judge();
  if (members.byPromise().length > 0 && session.mayKey('read', key.value)) {
    run(look)();
  }
}

/** The value as a majority has it, if it is small text: read at level quorum, which repairs nothing before it answers. */
async function smallValue(members, path, body) {
  const holding = body.replicas.find((replica) => replica.state === 'value' && !replica.stale);
  if (!holding || holding.bytes > VALUE_LETTERS_MAX) {
    return undefined;
  }
  const answer = await members.askOne(holding.id, `/v1/kv/${path}?consistency=one`, {}).catch(() => undefined);
  return answer?.ok
    ? { from: holding.id, version: answer.headers.get('ETag')?.replaceAll('"', ''), text: answer.text }
    : undefined;
}

function survey(body, through, value) {
  const age = ageAmong(body.replicas.map((replica) => replica.version).filter(Boolean));
  const { title, words, tone } = verdict(body.replicas);
  return [
    h(
      'section',
      { class: `panel verdict ${tone}` },
      h('h2', {}, title),
      h('p', {}, words),
      h('p', { class: 'hint' }, 'Seen through ', through, ' of ', keyElement(body, 80)),
    ),
    h(
      'ul',
      { class: 'replicas' },
      body.replicas.map((replica) => card(replica, value, age)),
    ),
  ];
}

const STATES = {
  value: '● value',
  tombstone: '▢ deleted (tombstone)',
  expired: '▢ expired',
  absent: '○ never had it',
  'no answer': '✕ no answer',
};

/** A replica keeps no entry of a delete that all have forgotten. So it looks as if it never had the key. */
function stateWords({ state, forgetsUpTo }) {
  return state === 'absent' && forgetsUpTo ? '○ never had it, or forgot its delete' : STATES[state];
}

/** What people compare: when each version was written, and how far it is behind the newest. */
function ageAmong(versions) {
  const names = versionNames(versions);
  const best = newest(versions);
  return (version) => {
    if (names.size < 2) {
      return names.get(version);
    }
    const behindMs = msBetween(version, best);
    return `${names.get(version)}, ${version === best ? 'the newest' : behindMs > 0 ? `${millis(behindMs)} older` : 'older'}`;
  };
}

function card(replica, value, age) {
  const facts = [
    ['Written', replica.version && age(replica.version)],
    ['Bytes', replica.bytes !== undefined && bytes(replica.bytes)],
    ['Type', replica.contentType],
    ['Expires', replica.expiresAt],
    ['Forgets', replica.forgetsUpTo && `deletes up to ${replica.forgetsUpTo}`],
  ].filter(([, fact]) => fact);
  const shown = value && replica.state === 'value' && replica.version === value.version;
  return h(
    'li',
    { class: `panel replica-card ${replica.stale ? 'stale' : ''}`, 'data-state': replica.state.replace(' ', '-') },
    h(
      'div',
      { class: 'node-head' },
      h('h3', {}, replica.id),
      h('span', { class: 'node-state' }, stateWords(replica) ?? replica.state),
    ),
    ...(replica.stale ? [h('p', { class: 'stale-mark' }, '◑ behind: it missed a write')] : []),
    h(
      'dl',
      { class: 'facts' },
      facts.map(([name, fact]) => h('div', {}, h('dt', {}, name), h('dd', {}, fact))),
    ),
    ...(replica.version
      ? [h('details', { class: 'version-whole' }, h('summary', {}, 'Version'), h('code', { 'data-test': 'version' }, replica.version))]
      : []),
    ...(shown ? [h('pre', { tabindex: 0, 'aria-label': `Value, read from ${value.from}` }, visible(value.text))] : []),
  );
}
