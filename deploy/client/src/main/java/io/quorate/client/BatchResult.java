package io.quorate.client;

import java.util.Optional;

/** What became of one operation of a {@link Batch}. */
public sealed interface BatchResult {
    Key key();

    /**
     * A get.
     *
     * @param entry empty if the key has no value. It has no end of life, since a batch does not tell it
     */
    record Read(Key key, Optional<Entry> entry) implements BatchResult {}

    /**
     * A get that got no answer, or a refusal.
     *
     * @param status of HTTP, or 0 if no node answered
     * @param why for people
     */
    record NotRead(Key key, int status, String why) implements BatchResult {}

    /** A put or a delete. */
    record Written(Key key, WriteResult result) implements BatchResult {}
}
