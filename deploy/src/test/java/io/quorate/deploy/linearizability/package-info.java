/**
 * Decides whether what clients saw could have come from one register for each key that changes at one instant inside
 * each operation: {@link io.quorate.deploy.linearizability.LinearizabilityChecker}. A
 * {@link io.quorate.deploy.linearizability.History} is also written as lines of JSON, for checkers that are not ours.
 */
package io.quorate.deploy.linearizability;
