package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import java.util.Optional;

/**
 * The process that dials, as its handshake introduces it.
 *
 * @param disk empty for a process without a disk
 */
public record Caller(ClusterId cluster, NodeId id, long incarnation, Optional<DiskId> disk, MemberIds members) {}
