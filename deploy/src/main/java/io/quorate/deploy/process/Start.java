package io.quorate.deploy.process;

/** What the start of a node does to its data directory first. */
public enum Start {
    /** Nothing: the directory is used as it is. */
    PLAIN,
    /** Creates it. */
    INIT,
    /** Moves a damaged store aside, and begins with an empty one that has no vote. */
    WIPE
}
