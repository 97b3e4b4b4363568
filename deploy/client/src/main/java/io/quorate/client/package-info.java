/**
 * A client for a Quorate cluster over HTTP. Begin with {@link io.quorate.client.QuorateClient}.
 *
 * <p>A read returns what is there, or throws a {@link io.quorate.client.ReadFailedException}. A write returns a
 * {@link io.quorate.client.WriteResult}, since it can end in four ways, and a program has to decide about each:
 * applied, condition failed, refused, unknown. Each write carries an idempotency key, so the client sends it again by
 * itself, through other nodes too, and it has its effect once.
 */
package io.quorate.client;
