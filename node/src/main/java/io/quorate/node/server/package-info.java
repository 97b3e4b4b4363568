/**
 * The replica's TCP side: listens, checks who is calling, and hands requests to the replica and replies back to the
 * connection's event loop.
 */
package io.quorate.node.server;
