// How each node is, when members disagree: as the worst fresh view has it, of those that can serve requests. Pure.

import { list } from './format.js';

const FROM_BEST = ['up', 'slow', 'silent', 'down'];
const AWAY = ['silent', 'down'];
/** A sentence keeps its length in a large cluster too. */
const PAIRS_NAMED_MAX = 3;

/**
 * A member that is cut off calls all others down, and has no quorum. Its word counts only if nobody has one. A node that
 * has a quorum itself is not away, whoever does not hear it.
 *
 * @param nodes of the view that has most to tell
 * @param fresh the fresh views of members
 * @returns the nodes, each with the worst `state`, and `unheardBy`: the members that do not reach it
 */
export function inDoubt(nodes, fresh) {
  const serving = fresh.filter((view) => view.hasQuorum);
  const counted = serving.length > 0 ? serving : fresh;
  return nodes.map((node) => {
    const goesOn = serving.some((view) => view.coordinator === node.id);
    return {
      ...node,
      state: [node, ...counted.flatMap((view) => of(view, node.id))]
        .map(({ state }) => state)
        .filter((state) => !(goesOn && AWAY.includes(state)))
        .reduce(worse, FROM_BEST[0]),
      unheardBy: fresh
        .filter((view) => of(view, node.id).some(({ state }) => AWAY.includes(state)))
        .map((view) => view.coordinator)
        .sort(),
    };
  });
}

/** @returns a sentence about all pairs of nodes, as `inDoubt` returns them, that are here and lost each other; or '' */
export function apart(nodes) {
  const here = nodes.filter(({ state }) => !AWAY.includes(state));
  const pairs = here.flatMap((one, i) =>
    here
      .slice(i + 1)
      .filter((other) => one.unheardBy.includes(other.id) && other.unheardBy.includes(one.id))
      .map((other) => [one.id, other.id]),
  );
  if (pairs.length <= 1) {
    return pairs.map((pair) => `${list(pair)} do not hear each other.`).join('');
  }
  const named = pairs.slice(0, PAIRS_NAMED_MAX).map((pair) => pair.join('\u2013'));
  const more = pairs.length - named.length;
  return `These do not hear each other: ${list(more > 0 ? [...named, `${more} more`] : named)}.`;
}

const of = (view, id) => view.nodes.filter((node) => node.id === id);

const worse = (one, other) => (FROM_BEST.indexOf(other) > FROM_BEST.indexOf(one) ? other : one);
