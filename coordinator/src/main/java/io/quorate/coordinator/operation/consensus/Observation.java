package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Version;
import io.quorate.coordinator.round.QueryRound;

/**
 * The register of a key at one instant of a round. A linearizable read that began with the round would return it.
 *
 * @param version the register's
 * @param absent whether it reads as absent
 * @param shownBy the round
 */
record Observation(Version version, boolean absent, QueryRound shownBy) {}
