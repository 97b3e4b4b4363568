package io.quorate.common.model;

/** The direction in which a scan goes through the keys. */
public enum Direction implements Coded {
    ASCENDING(0),
    DESCENDING(1);

    private final int code;

    Direction(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
