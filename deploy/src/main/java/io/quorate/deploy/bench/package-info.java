/**
 * {@code quorate bench}: a closed loop of clients that measures a running cluster from outside. Each client has one
 * request in flight. The benchmark shares the machine with the cluster, so it does little for each request. It has one
 * event loop and one connection for each client. Requests are mostly built in advance. The parser knows the server's
 * answers only.
 *
 * <p>{@code quorate bench run} carries out scenarios: {@code bench.scenario} reads and judges them, {@code bench.load}
 * makes their load, in open and closed loops. {@code bench.request} has the bytes that both kinds of clients send.
 */
package io.quorate.deploy.bench;
