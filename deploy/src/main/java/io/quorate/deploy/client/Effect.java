package io.quorate.deploy.client;

/** What a request may do to the cluster, and so what a missing answer means. */
public enum Effect {
    /** A read: it may be sent to anybody any number of times. */
    NONE,

    /** A write: without an answer nobody knows whether it happened, and sent twice it may happen twice. */
    CHANGE
}
