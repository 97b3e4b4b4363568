/**
 * Anti-entropy (Dynamo, SOSP 2007, section 4.7): one pass after the other compares all keys of all replicas and repairs
 * what differs. It reads each block of each table past the cache, so it is a scrub too. Plain callbacks over a clock, a
 * scheduler and the seams {@link io.quorate.node.convergence.antientropy.Peers} and
 * {@link io.quorate.node.convergence.antientropy.Settlement}, so that the same classes run under the simulator.
 */
package io.quorate.node.convergence.antientropy;
