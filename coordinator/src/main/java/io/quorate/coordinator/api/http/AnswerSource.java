package io.quorate.coordinator.api.http;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Makes the bytes of an answer, as the client takes them. */
public interface AnswerSource {
    /** The next bytes. Empty if there are none now. */
    Optional<Buffer> next();

    /** Whether there are no more bytes, now and later. */
    boolean isOver();

    /** The answer has ended, with or without its last byte. May be called twice. */
    default void close() {}
}
