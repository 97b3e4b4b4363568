package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import java.util.Map;

/** What a loss of power at this moment would leave of a replica. */
public record DurableState(Map<Key, ReplicaState> keys, NodeAges ages) {}
