package io.quorate.node.lsm.crashdisk;

/** What a loss of power leaves of the steps that no force has confirmed. */
public enum Survivors {
    NOTHING,
    EVERYTHING,
    /** All up to some moment. */
    PREFIX,
    /** Any of the steps, in any order; of a write any of its sectors or pages; sizes may grow without data. */
    RANDOM,
    /** All names, and files as long as they were, but zeros instead of what was written. */
    METADATA_WITHOUT_DATA
}
