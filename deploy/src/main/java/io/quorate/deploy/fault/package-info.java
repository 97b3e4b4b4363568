/**
 * Faults that a user cannot inject with the operating system, in a node of a local cluster that was started for it: a cut
 * between two nodes, slow messages, a wrong clock. They sit at two seams, {@link io.quorate.common.link.Links} and
 * {@link io.quorate.common.time.Clock}; a node without the option {@code faultsFile} has none of this code in its way, and
 * no promise of the cluster rests on any of it.
 */
package io.quorate.deploy.fault;
