// Not a module: it has to run before the first paint, or a page in the chosen theme flashes in the other one.
try {
  const chosen = localStorage.getItem('quorate.theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // No storage is allowed here: the theme of the system holds.
}
