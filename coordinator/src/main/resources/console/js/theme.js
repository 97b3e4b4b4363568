// Light, dark, or as the system has it; kept in this browser.

const CHOICES = ['auto', 'light', 'dark'];
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();

export function themeSwitch(button) {
  const show = () => {
    const choice = chosen();
    button.textContent = `Theme: ${choice}`;
    button.setAttribute('aria-label', `Theme: ${choice}. Press for ${next(choice)}`);
  };
  button.addEventListener('click', () => {
    choose(next(chosen()));
    show();
  });
  system.addEventListener('change', tell);
  show();
}

/** Calls back whenever the colours change; what draws on a canvas cannot know otherwise. Returns how to stop. */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function colour(token) {
  return getComputedStyle(root).getPropertyValue(`--${token}`).trim();
}

function chosen() {
  return root.dataset.theme ?? 'auto';
}

function next(choice) {
  return CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
}

function choose(choice) {
  if (choice === 'auto') {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = choice;
  }
  try {
    localStorage.setItem('quorate.theme', choice);
  } catch {
    // Chosen for this visit only.
  }
  tell();
}

function tell() {
  listeners.forEach((listener) => listener());
}
