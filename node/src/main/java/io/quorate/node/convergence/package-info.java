/**
 * How replicas come to agree without a read. Hinted handoff: a replica that applies a write notes, together with it,
 * which other replicas missed it, and sends them their registers when they are back. Plain callbacks over a clock, a
 * scheduler and a seam to the other replicas, so that the same classes run under the simulator.
 */
package io.quorate.node.convergence;
