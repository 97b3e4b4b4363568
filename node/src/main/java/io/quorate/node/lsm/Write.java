package io.quorate.node.lsm;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;

/** One write of a batch: makes the register at least as new as the record. */
public record Write(Keyspace keyspace, Key key, Record record) {}
