// Building elements. Everything from the cluster is hostile: it enters as text nodes and attributes, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An HTML element. In `attributes`, `on…` functions are listeners, `true` is a bare attribute, and null or false is none.
 * Children are nodes or text; null and false are left out.
 */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  set(element, attributes);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === null || value === undefined || value === false) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  return element;
}

/** Writes only what changed: screen readers and selections are disturbed by every write. */
export function text(element, value) {
  if (element.textContent !== value) {
    element.textContent = value;
  }
  return element;
}

/** A sign that eyes read and ears are spared, or the other way round. */
export const forEyes = (value) => h('span', { 'aria-hidden': 'true' }, value);
export const forEars = (value) => h('span', { class: 'ears' }, value);

/**
 * Makes the children of `parent` those for `items`, keeping the element of each key, so that focus, hover and what is
 * open survive a refresh.
 */
export function keyed(parent, items, keyOf, create, update = () => {}) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let element = old.get(key);
    old.delete(key);
    if (!element) {
      element = create(item);
      element.dataset.key = key;
    }
    if (element === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(element, place);
    }
    update(element, item);
  }
  old.forEach((element) => element.remove());
}
