package io.quorate.node.lsm.commit;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.format.Keyspace;

/** One write of a batch: makes the register at least as new as the record. */
public record Write(Keyspace keyspace, Key key, Record record) {}
