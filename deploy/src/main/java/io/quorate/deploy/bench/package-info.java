/**
 * {@code quorate bench}: a closed loop of clients that measures a running cluster from outside. Each client has one
 * request in flight. The benchmark shares the machine with the cluster, so it does little for each request. It has one
 * event loop and one connection for each client. Requests are mostly built in advance. The parser knows the server's
 * answers only.
 */
package io.quorate.deploy.bench;
