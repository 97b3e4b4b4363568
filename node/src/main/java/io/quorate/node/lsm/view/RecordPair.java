package io.quorate.node.lsm.view;

import io.quorate.common.model.Record;

/** What one key holds in two keyspaces. */
public record RecordPair(Record first, Record second) {}
