/**
 * What processes of a cluster say to each other: one record per {@link io.quorate.common.wire.Message}, in frames that
 * {@link io.quorate.common.wire.FrameFormat} draws. No sockets here: bytes in, messages out.
 *
 * <p>A connection starts with {@code Hello} from the dialling side, answered by {@code Welcome} or {@code Refusal};
 * nothing else is parsed before that. Afterwards each request carries a correlation id that its reply repeats, so any
 * number of requests share a connection and replies come in any order.
 */
package io.quorate.common.wire;
