/**
 * Frames over a Vert.x socket. Only here does {@code common} use the network. The side that dials and the side that
 * listens share it. They also share the log of troubles with peers.
 */
package io.quorate.common.link;
