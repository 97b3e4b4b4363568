package io.quorate.common.model;

import java.util.Locale;

/** The writes that a replica's disk has space for, most space first. */
public enum DiskSpace implements Coded {
    /** Values and deletes. */
    ALL_WRITES(0),
    /** The disk is full, and the store released its ballast. Deletes have space for now. */
    DELETES_ONLY(1),
    /** The disk is full, also where the ballast was. The store only answers reads. */
    READ_ONLY(2);

    private final int code;

    DiskSpace(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The name in JSON and in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
