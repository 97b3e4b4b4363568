/**
 * Connections to replicas. {@link io.quorate.coordinator.replica.tcp.TcpReplica} is one replica behind one connection.
 * Its parts are the connection with its handshake, and the conversation over it: the failure detector and the requests
 * that have no answer yet. Reports go to the log. A replica's reachability is known before the replica is asked, so an
 * operation does not wait for a dead one.
 */
package io.quorate.coordinator.replica.tcp;
