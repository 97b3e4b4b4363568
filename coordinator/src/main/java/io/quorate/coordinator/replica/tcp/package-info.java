/**
 * Connections to replicas. {@link io.quorate.coordinator.replica.tcp.TcpReplica} is one replica behind one connection.
 * Its parts are the connection with its handshake, the failure detector, the requests that have no answer yet, and the
 * reports in the log. A replica's reachability is known before the replica is asked, so an operation does not wait for
 * a dead one.
 */
package io.quorate.coordinator.replica.tcp;
