// The page that asks for a token. The address keeps the page that the user wanted.

import { h, text } from './dom.js';
import { LoginRefused, hasEnded } from './session.js';

/** @param done is called when the user is logged in */
export function login(main, session, done) {
  const token = h('input', {
    id: 'login-token',
    name: 'token',
    type: 'password',
    autocomplete: 'current-password',
    spellcheck: 'false',
    autocapitalize: 'off',
    'aria-describedby': 'login-error',
    'data-test': 'login-token',
  });
  const button = h('button', { class: 'primary', type: 'submit', 'data-test': 'login-send' }, 'Log in');
  const error = h('p', { id: 'login-error', class: 'login-error', role: 'alert', 'data-test': 'login-error' });
  const send = async (event) => {
    event.preventDefault();
    if (token.value.trim() === '') {
      fail('Enter a token. It begins with qrt_.');
      return;
    }
    button.disabled = true;
    try {
      await session.logIn(token.value.trim());
      token.value = '';
      done();
    } catch (refused) {
      fail(refused instanceof LoginRefused ? refused.message : `The answer cannot be read: ${refused.message}`);
    } finally {
      button.disabled = false;
    }
  };
  const fail = (why) => {
    text(error, why);
    token.select();
    token.focus();
  };
  document.title = 'Log in \u2013 Quorate';
  main.className = 'page-login';
  main.replaceChildren(
    h(
      'form',
      { class: 'panel login', onsubmit: send, 'data-test': 'login' },
      h('h1', {}, 'Log in'),
      hasEnded() && h('p', { class: 'login-ended', role: 'status' }, 'Your session has ended. Log in again.'),
      // A store of passwords wants a name to keep one under.
      h('input', { type: 'text', name: 'username', autocomplete: 'username', value: 'quorate', hidden: true, readonly: true }),
      h('div', { class: 'field' }, h('label', { for: 'login-token' }, 'Token'), token),
      error,
      h('div', { class: 'buttons' }, button),
      h(
        'p',
        { class: 'hint' },
        'A token begins with ',
        h('code', {}, 'qrt_'),
        '. ',
        h('code', {}, 'quorate access add-token'),
        ' makes one. A local cluster has one of its own in ',
        h('code', {}, '.quorate/admin.token'),
        '.',
      ),
      h('p', { class: 'hint' }, 'The session ends after 12 hours, with the browser, or when the token is revoked.'),
    ),
  );
  token.focus();
}

/** The name in the head of each page, and the way out. */
export function who(element, session, notices) {
  const { name, by, grants } = session.who;
  element.hidden = by === 'nothing';
  const out = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'data-test': 'log-out',
      onclick: () => session.logOut().catch((failure) => notices.fail(`You are still logged in: ${failure.message}`)),
    },
    'Log out',
  );
  const known = by === 'session' ? '' : ' By the certificate of this browser.';
  element.replaceChildren(
    h(
      'span',
      { class: 'who-name', 'data-test': 'who', title: `Grants: ${grants.join(', ') || 'none'}.${known}` },
      name,
    ),
    ...(by === 'session' ? [out] : []),
  );
}
