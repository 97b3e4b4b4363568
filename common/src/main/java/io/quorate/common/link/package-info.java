/**
 * Frames over a Vert.x socket: the one place where {@code common} touches a network, shared by the side that dials and
 * the side that listens.
 */
package io.quorate.common.link;
