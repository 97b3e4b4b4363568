/**
 * The coordinator runs operations on the replicas of any key, and keeps only counters between them.
 * {@link io.quorate.coordinator.Coordinator} is the face of this module. Behind it, {@code operation} is the protocol,
 * {@code round} sends one message to several replicas, {@code quorum} counts, and {@code replica} is the seam to the
 * network. In front of it, {@code api} is the HTTP API and {@code console} the page.
 */
package io.quorate.coordinator;
