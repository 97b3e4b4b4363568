package io.quorate.common.model;

import java.util.Locale;

/** What a replica's disk has space for, the most first. */
public enum DiskSpace implements Coded {
    /** Anything. */
    ALL_WRITES(0),
    /** The disk is full and the ballast was released: deletes have space for now. */
    DELETES_ONLY(1),
    /** The disk is full, the ballast's place too: reads only. */
    READ_ONLY(2);

    private final int code;

    DiskSpace(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The name as it stands in an answer and in a metric. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
