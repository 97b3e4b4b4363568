package io.quorate.common.convergence;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;

/** A register with its content, as a replica holds it. */
public record HeldRecord(Key key, Record record) {}
