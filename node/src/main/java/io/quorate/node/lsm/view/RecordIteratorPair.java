package io.quorate.node.lsm.view;

/** Two iterators over one moment of a store. Their user closes each. */
public record RecordIteratorPair(RecordIterator first, RecordIterator second) {}
