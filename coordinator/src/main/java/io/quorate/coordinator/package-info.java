/**
 * The coordinator: it runs operations on the replicas of any key, and keeps nothing between them but counters. {@link
 * io.quorate.coordinator.Coordinator} is the face of this module; {@code operation} is the protocol, {@code round} one
 * message to several replicas, {@code quorum} the counting, {@code replica} the seam to the network, {@code api} the HTTP
 * API and {@code console} the page.
 */
package io.quorate.coordinator;
