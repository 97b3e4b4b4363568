/**
 * Faults that the operating system cannot inject for a user: a cut between two nodes, slow messages, a slow disk, a
 * wrong clock. A node of a local cluster has them if it was started with {@code faultsFile}. They sit at three seams,
 * {@link io.quorate.common.link.Links}, {@link io.quorate.node.lsm.disk.Disk} and {@link io.quorate.common.time.Clock}.
 * A node without the option never runs this code, and no promise of the cluster depends on it.
 */
package io.quorate.deploy.fault;
