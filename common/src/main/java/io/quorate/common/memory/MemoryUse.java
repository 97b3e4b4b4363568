package io.quorate.common.memory;

import java.util.Locale;

/** What the bytes of a budget are for. */
public enum MemoryUse {
    /** The body of a request, from its first byte to the answer, with the copies that go to other replicas. */
    BODY(Share.CLIENTS),
    /** A value that a replica read, until the coordinator or the connection has it. */
    VALUE(Share.CLIENTS),
    /** The values and promises that an operation holds until its outcome. */
    OPERATION(Share.CLIENTS),
    /** An answer that its client has not read yet. */
    ANSWER(Share.CLIENTS),
    /** Requests that wait for the one before on their connection. */
    WAITING(Share.CLIENTS),
    /** The operations of a batch, and the values that its gets may bring. */
    BATCH(Share.CLIENTS),
    /** Frames from other processes that are incomplete or not answered yet. */
    INBOX(Share.PEERS),
    /** Frames that wait for another process to read them. */
    OUTBOX(Share.PEERS);

    private final Share share;
    private final String label = name().toLowerCase(Locale.ROOT);

    MemoryUse(Share share) {
        this.share = share;
    }

    /** As metrics call it. */
    public String label() {
        return label;
    }

    Share share() {
        return share;
    }

    /** How far a use may fill the budget. */
    enum Share {
        /** A part of the limit, and less for a larger request. */
        CLIENTS,
        /** All of the limit. So other processes never wait behind clients. */
        PEERS
    }
}
