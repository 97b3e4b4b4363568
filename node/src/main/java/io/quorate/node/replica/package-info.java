/**
 * A replica's side of the protocol: one handler per message. A reply is sent only when everything that it shows is
 * durable here; the store's rule "durable before visible" gives that to reads for nothing, and a write is acknowledged
 * by the store's own completion.
 */
package io.quorate.node.replica;
