/**
 * Connections to replicas: {@link io.quorate.coordinator.replica.tcp.TcpReplica} is one replica behind one connection, with
 * a handshake, correlation ids, heartbeats and reconnection. It knows before it is asked whether a replica is reachable,
 * so that a dead one costs an operation nothing.
 */
package io.quorate.coordinator.replica.tcp;
