package io.quorate.common.link;

import io.quorate.common.model.NodeId;

/**
 * A process that called this node lately and was refused.
 *
 * @param id the name that it gave
 * @param reason of the last refusal, for people
 * @param times how often it was refused
 */
public record RefusedPeer(NodeId id, String reason, long times) {}
