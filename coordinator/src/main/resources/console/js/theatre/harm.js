// What the loss of a node would do to the cluster, as each member that is heard now would see it. Pure.

import { list, word } from '../format.js';

const HERE = ['up', 'slow'];

/**
 * A member needs a majority that it hears itself. One that hears both sides of a cut may be the only way to that.
 *
 * @param fresh the fresh views of members
 * @returns why it would do harm to lose the victim now; undefined if all that serve requests would go on
 */
export function harm(fresh, victim) {
  const others = fresh.filter((view) => view.coordinator !== victim);
  if (others.length === 0) {
    return 'Not now: no other member says how the cluster is.';
  }
  const n = others[0].nodes.length;
  if (n < 3) {
    return `With ${word(n)} ${n === 1 ? 'node' : 'nodes'} nothing may be lost: the cluster would refuse requests.`;
  }
  const serving = others.filter((view) => voters(view).length >= view.quorum);
  const refusing = (serving.length > 0 ? serving : others).filter(
    (view) => voters(view).filter((id) => id !== victim).length < view.quorum,
  );
  return refusing.length === 0
    ? undefined
    : `Not now: without ${victim}, ${list(refusing.map((view) => view.coordinator).sort())} would hear no majority, and refuse requests. First bring back what is lost.`;
}

/** What takes the majority from a cluster of so many nodes. */
export function outage(n) {
  const lost = Math.ceil(n / 2);
  return `kill ${word(lost)} ${lost === 1 ? 'node' : 'nodes'}`;
}

/** Those that count for a quorum of the member whose view this is. */
function voters({ nodes }) {
  return nodes.filter(({ state, votingStatus }) => HERE.includes(state) && votingStatus === 'voting').map(({ id }) => id);
}
