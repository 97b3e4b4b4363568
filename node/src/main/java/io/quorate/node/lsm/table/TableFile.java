package io.quorate.node.lsm.table;

/** A finished table, as the manifest knows it. */
public record TableFile(long number, long bytes) {}
