package io.quorate.common.model;

/**
 * 64 random bits that a data directory gets when it is formatted. They tell the directory of a node from a later, empty
 * one under the same name, which has forgotten what the first one acknowledged.
 */
public record DiskId(long bits) {
    /** 16 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x", bits);
    }
}
