package io.quorate.deploy.process;

/** What a start of a node does to its data directory first. */
public enum Start {
    /** Nothing: it is used as it is. */
    PLAIN,
    /** Makes it. */
    INIT,
    /** Puts what a damaged store holds aside, and begins with an empty one that has no vote. */
    WIPE
}
