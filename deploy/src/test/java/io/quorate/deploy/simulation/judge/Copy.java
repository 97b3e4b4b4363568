package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;

/** One replica's copy of one key. */
record Copy(int node, Key key) {}
