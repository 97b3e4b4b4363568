package io.quorate.client;

import java.util.Objects;

/**
 * The version of a key at one moment. It says nothing but whether two versions are the same.
 *
 * @param tag as the {@code ETag} has it, without its quotes
 */
public record Version(String tag) {
    public Version {
        Objects.requireNonNull(tag);
        if (tag.isEmpty() || tag.chars().anyMatch(c -> c <= ' ' || c == '"' || c > '~')) {
            throw new IllegalArgumentException("no version: '" + tag + "'");
        }
    }

    @Override
    public String toString() {
        return tag;
    }
}
