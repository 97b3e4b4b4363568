package io.quorate.deploy.data.transfer;

/** What became of a line. */
enum ImportOutcome {
    /** The key has had this value. */
    APPLIED,

    /** The key had a value before, and keeps it. */
    KEPT,

    /** The life of the value was over, and nothing was sent. */
    EXPIRED,

    /** Nothing was changed: the line is wrong, or the cluster said no. */
    REFUSED,

    /** It was sent, and not confirmed. */
    UNKNOWN
}
