/**
 * The protocol, from the coordinator's side: one class per operation, built from rounds of messages to the replicas of
 * one key. Reads and writes are multi-writer ABD. The sources are Attiya, Bar-Noy and Dolev, "Sharing Memory Robustly
 * in Message-Passing Systems", JACM 1995, and Lynch and Shvartsman, FTCS '97.
 *
 * <p>In reading order: {@link io.quorate.coordinator.Coordinator} is the face.
 * {@link io.quorate.coordinator.operation.register.WriteOperation} and
 * {@link io.quorate.coordinator.operation.register.ReadOperation} are the protocol.
 * {@link io.quorate.coordinator.round.QueryRound} and {@link io.quorate.coordinator.round.StoreRound} are its two
 * phases. An {@link io.quorate.coordinator.operation.Outcome} says what a caller may conclude, and its
 * {@link io.quorate.coordinator.operation.Evidence} says why.
 *
 * <p>All of an operation runs on one event loop and blocks nowhere. Sockets, clocks and timers are behind
 * {@link io.quorate.coordinator.replica.ReplicaClient}, {@code Clock} and {@code Scheduler}, so the same classes run in
 * a simulation.
 */
package io.quorate.coordinator.operation;
