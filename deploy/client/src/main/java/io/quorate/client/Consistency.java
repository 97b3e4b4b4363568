package io.quorate.client;

import java.util.Locale;

/** How much a read rests on. */
public enum Consistency {
    /** No read is older than an earlier read or write. The default. */
    LINEARIZABLE,
    /** A majority answers. Two readers may see a write in progress come and go. */
    QUORUM,
    /** The nearest replica answers. It may be stale. */
    ONE,
    /** Every replica answers. */
    ALL;

    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
