// How each node is, when members disagree: as the worst fresh view has it, of those that can serve requests. Pure.

const FROM_BEST = ['up', 'slow', 'silent', 'down'];

/**
 * A member that is cut off calls all others down, and has no quorum. Its word counts only if nobody has one.
 *
 * @param nodes of the view that has most to tell
 * @param fresh the fresh views of members
 * @returns the nodes, each with the worst `state`, and `unheardBy`: the members that do not reach it
 */
export function inDoubt(nodes, fresh) {
  const serving = fresh.filter((view) => view.hasQuorum);
  const counted = serving.length > 0 ? serving : fresh;
  return nodes.map((node) => ({
    ...node,
    state: [node, ...counted.flatMap((view) => of(view, node.id))].map((each) => each.state).reduce(worse),
    unheardBy: fresh
      .filter((view) => of(view, node.id).some(({ state }) => state === 'down' || state === 'silent'))
      .map((view) => view.coordinator)
      .sort(),
  }));
}

const of = (view, id) => view.nodes.filter((node) => node.id === id);

const worse = (one, other) => (FROM_BEST.indexOf(other) > FROM_BEST.indexOf(one) ? other : one);
