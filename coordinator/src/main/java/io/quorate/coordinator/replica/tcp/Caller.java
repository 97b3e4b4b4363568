package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;

/** The process that dials, as its handshake introduces it. */
public record Caller(ClusterId cluster, NodeId id, long incarnation, MemberIds members) {}
