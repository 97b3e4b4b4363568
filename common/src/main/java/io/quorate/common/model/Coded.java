package io.quorate.common.model;

/**
 * An enum constant with a code of its own in the bytes of the wire or of a file. The code of a constant never changes,
 * and no later constant takes the code of one that is gone. Other processes and older files still use it.
 */
public interface Coded {
    int code();
}
