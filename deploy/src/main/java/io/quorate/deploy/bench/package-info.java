/**
 * {@code quorate bench}: a closed loop of clients that measures a running cluster from outside. Each client has one
 * request in flight. The benchmark shares the machine with the cluster, so it does little for each request: one event
 * loop, one connection for each client, requests that are mostly built in advance, and a parser for the server's
 * answers only.
 */
package io.quorate.deploy.bench;
