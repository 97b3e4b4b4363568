package io.quorate.coordinator.api.access;

/** What a request does, as far as an audit cares. */
public enum AuditedKind {
    /** It changes nothing. */
    READ,
    /** It changes values. */
    WRITE,
    /** It changes something of the cluster itself. */
    OPERATION,
    /** A browser logs in with a token. */
    LOGIN,
    /** A browser gives up its session. */
    LOGOUT
}
