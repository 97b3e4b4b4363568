package io.quorate.common.model;

/** A cluster's name, in the form of a {@link NodeId}. Nodes of different clusters refuse each other. */
public record ClusterId(String name) {
    /** @throws IllegalArgumentException if {@code name} does not have the form of a {@link NodeId} */
    public ClusterId {
        try {
            new NodeId(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cluster id: '" + name + "'; it has the form of a node id", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
