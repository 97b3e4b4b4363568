package io.quorate.common.model;

import java.util.Locale;

/** What a replica's disk has space for, the most first. */
public enum DiskSpace {
    /** Anything. */
    ALL_WRITES,
    /** The disk is full and the ballast was released: deletes have space for now. */
    DELETES_ONLY,
    /** The disk is full, the ballast's place too: reads only. */
    READ_ONLY;

    /** The name as it stands in an answer and in a metric. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
