package io.quorate.coordinator.operation;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import java.util.Optional;

/**
 * One replica's own copy of a register, or empty if the replica did not answer.
 *
 * @param floor of an absent key: the instant up to which the replica may have forgotten its delete, or 0
 */
public record ReplicaCopy(NodeId replica, Optional<Record> record, long floor) {}
