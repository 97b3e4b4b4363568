/**
 * The closed loop of {@code quorate bench}: each client has one connection and one request in flight. One event loop
 * has all clients, and does little for each request, since the load shares the machine with the cluster.
 */
package io.quorate.deploy.bench.closed;
