/**
 * The messages between the processes of a cluster: one record for each {@link io.quorate.common.wire.Message}, in
 * frames that {@link io.quorate.common.wire.FrameFormat} draws. {@link io.quorate.common.wire.MessageCodec} has one
 * table entry for each message. No sockets here: bytes in, messages out.
 *
 * <p>A connection starts with {@code Hello} from the side that dials. The other side answers {@code Welcome} or
 * {@code HandshakeRefusal}, and parses nothing else before. The two also agree on the number of the protocol in which
 * all later frames are written ({@link io.quorate.common.wire.ProtocolRange}). Afterwards each request has a
 * correlation id that its reply repeats. So any number of requests share a connection, and replies come in any order.
 */
package io.quorate.common.wire;
