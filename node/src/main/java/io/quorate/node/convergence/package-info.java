/**
 * How replicas come to agree without a read. Hinted handoff: a replica that applies a write notes, together with it,
 * which other replicas missed it, and sends them their registers when they are back. Anti-entropy: one pass after the
 * other compares all keys of all replicas and repairs what differs. It reads each block of each table past the cache,
 * so it is a scrub too. Plain callbacks over a clock, a scheduler and the seams
 * {@link io.quorate.node.convergence.Peers} and {@link io.quorate.node.convergence.Settlement}, so that the same
 * classes run under the simulator.
 */
package io.quorate.node.convergence;
