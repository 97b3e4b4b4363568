/**
 * Conditional writes: the consensus of one key, in the spirit of CASPaxos (Rystsov, arXiv 1802.07000) but in the
 * version order of plain writes (carstamps: Burke et al., "Gryff", NSDI '20). PREPARE a majority, judge the condition,
 * ACCEPT.
 */
package io.quorate.coordinator.operation.consensus;
