/**
 * The replica's TCP side. It listens, checks the peer by a handshake, and gives requests to the replica. Replies go
 * back on the connection's event loop.
 */
package io.quorate.node.server;
