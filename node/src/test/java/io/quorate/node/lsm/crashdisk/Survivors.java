package io.quorate.node.lsm.crashdisk;

/** Which steps survive a loss of power, of those that no force has confirmed. */
public enum Survivors {
    NOTHING,
    EVERYTHING,
    /** All up to some moment. */
    PREFIX,
    /** Any of the steps, in any order. Of a write, any of its sectors or pages. Sizes may grow without data. */
    RANDOM,
    /** All names and lengths, but zeros instead of the bytes written. */
    METADATA_WITHOUT_DATA
}
