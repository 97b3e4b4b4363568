package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;

/** One version of one key: at most one record has it. */
record KeyVersion(Key key, Version version) {}
