package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;

/** Who dials: what the handshake says of this process. */
public record Caller(ClusterId cluster, NodeId id, long incarnation) {}
