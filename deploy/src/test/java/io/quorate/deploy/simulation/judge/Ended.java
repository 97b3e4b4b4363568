package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import java.util.Optional;

/**
 * What a linearizable operation that succeeded says of one key.
 *
 * @param version of the register
 * @param wrote whether this operation made the version
 * @param absent whether there is no value, or empty if the outcome does not say
 */
record Ended(Key key, long startNs, long endNs, Version version, boolean wrote, Optional<Boolean> absent) {}
