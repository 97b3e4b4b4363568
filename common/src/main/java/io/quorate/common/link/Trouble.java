package io.quorate.common.link;

/**
 * What distinguishes one trouble with a peer from another. It holds no text, since a peer could vary each text.
 *
 * @param address of a replica that was dialled: its host and port. Of a caller: its host, since its port differs each
 *     time
 * @param peer the peer's id, or empty while it is unknown
 * @param kind what is wrong: a constant of this program, and never anything from outside
 */
public record Trouble(String address, String peer, Enum<?> kind) {}
