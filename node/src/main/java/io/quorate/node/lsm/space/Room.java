package io.quorate.node.lsm.space;

/** What the disk has room for, the most first. */
public enum Room {
    /** Anything. */
    FOR_ALL,
    /** The disk is full and the ballast was released: deletes have room for now. */
    FOR_DELETES,
    /** The disk is full, the ballast's place too: reads only. */
    FOR_NOTHING
}
