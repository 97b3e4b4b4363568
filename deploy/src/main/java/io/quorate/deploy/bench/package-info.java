/**
 * {@code quorate bench}: clients that measure a running cluster from outside. The benchmark shares the machine with the
 * cluster, so it does little for each request: requests are mostly built in advance, and the parser knows the server's
 * answers only. {@code bench.closed} is the closed loop.
 *
 * <p>{@code quorate bench run} carries out scenarios: {@code bench.scenario} reads and judges them, {@code bench.load}
 * makes their load, in open and closed loops. {@code bench.request} has the bytes that both kinds of clients send.
 *
 * <p>{@code quorate bench compare} puts Quorate beside etcd: {@code bench.compare} takes the turns, {@code bench.etcd}
 * has the bytes.
 */
package io.quorate.deploy.bench;
