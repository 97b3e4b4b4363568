/**
 * A replica's side of the protocol: one handler for each request, see {@link io.quorate.node.replica.Replica}. A
 * replica sends a reply only when all that it shows is durable here (I6). Reads get that from the store, which shows
 * nothing before it is durable. The store's own completion acknowledges a write.
 */
package io.quorate.node.replica;
