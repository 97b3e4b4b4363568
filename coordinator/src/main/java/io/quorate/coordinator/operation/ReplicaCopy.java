package io.quorate.coordinator.operation;

import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import java.util.Optional;

/** One replica's own copy of a register, or empty if the replica did not answer. */
public record ReplicaCopy(NodeId replica, Optional<Record> record) {}
