package io.quorate.deploy.process;

/** The first step of a node's start, on its data directory. */
public enum Start {
    /** Nothing: the directory is used as it is. */
    PLAIN,
    /** Creates it. */
    INIT,
    /** Moves a damaged store aside, and begins with an empty one that has no vote. */
    WIPE
}
