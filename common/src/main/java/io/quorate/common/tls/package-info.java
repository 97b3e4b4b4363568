/**
 * The names in certificates. A certificate says which process of which cluster its holder is, and the handshake of the
 * peer port compares that with what the process says of itself.
 */
package io.quorate.common.tls;
