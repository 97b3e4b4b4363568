package io.quorate.common.model;

import java.util.regex.Pattern;

/**
 * A node's name, which never changes, for example {@code n1}. It fits into a file name, a metric label and a header.
 */
public record NodeId(String name) implements Comparable<NodeId> {
    public static final int LENGTH_MAX = 64;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0," + (LENGTH_MAX - 1) + "}");

    /** @throws IllegalArgumentException if {@code name} is not 1 to 64 letters, digits, {@code _} and {@code -} */
    public NodeId {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("not a node id: '" + name + "'; it has 1 to " + LENGTH_MAX
                    + " letters, digits, '_' and '-', and starts with a letter or digit");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
