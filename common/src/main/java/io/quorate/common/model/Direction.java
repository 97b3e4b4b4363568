package io.quorate.common.model;

/** Which way a scan goes through the keys. */
public enum Direction {
    ASCENDING,
    DESCENDING
}
