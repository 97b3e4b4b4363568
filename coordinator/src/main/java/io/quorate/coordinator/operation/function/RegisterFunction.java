package io.quorate.coordinator.operation.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.model.Value;
import java.util.List;

/** A change that depends on the value that it meets. The client need not know that value. */
public sealed interface RegisterFunction extends ContentChange permits Add, Append, PutIfValue, PutIfAbsent {
    /**
     * The same for equal functions, and for no others. An expiry is left out: its instant differs from attempt to
     * attempt. Fingerprints on disk rest on this, so it must not change.
     */
    List<byte[]> canonicalFields();

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static List<byte[]> fields(String name, Value value) {
        return List.of(bytes(name), bytes(value.contentType()), value.bytes());
    }

    static List<byte[]> fields(String... texts) {
        return List.of(texts).stream().map(RegisterFunction::bytes).toList();
    }

    /** The later end of a value's life that a function states, or the one that the value had. */
    static long expiry(long stated, long before) {
        return stated == Value.NEVER_EXPIRES ? before : stated;
    }
}
