package io.quorate.deploy.client;

/** The possible effect of a request on the cluster. This decides what a missing answer means. */
public enum CallEffect {
    /** A read: it may be sent to any endpoint any number of times. */
    NONE,

    /** A write: without an answer its outcome is unknown. Sent twice, it may have its effect twice. */
    CHANGE
}
