package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.NodeId;
import io.vertx.core.net.SocketAddress;

/** Which replica to dial, and where it listens. */
public record ReplicaAddress(NodeId id, SocketAddress socket) {}
