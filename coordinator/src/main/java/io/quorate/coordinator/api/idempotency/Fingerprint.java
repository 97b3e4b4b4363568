package io.quorate.coordinator.api.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.model.Content;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.function.RegisterFunction;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * SHA-256 over a sequence of fields. Each has its length before it, so that two sequences never have the same bytes.
 */
public final class Fingerprint {
    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /**
     * 64 bits that distinguish two writes under the same idempotency key. They are the same for a request by itself and
     * for the same operation in a batch. Traces on disk hold them for as long as a request is remembered.
     *
     * @param ttlMs time to live of the value: the instant of its end differs from attempt to attempt
     * @param condition its meaning counts, and not how the client wrote it
     * @param principal who sent it, or "" where there are no principals. So nobody is told what another one wrote
     */
    public static long of(Content content, OptionalLong ttlMs, Optional<Precondition> condition, String principal) {
        Fingerprint fingerprint = sentBy(principal)
                .add(condition.map(Precondition::canonicalText).orElse(""))
                .add(ttlMs.orElse(-1));
        if (content instanceof Value value) {
            fingerprint.add("put").add(value.contentType()).add(value.bytes());
        } else {
            fingerprint.add("delete");
        }
        return ByteBuffer.wrap(fingerprint.digest()).getLong();
    }

    /** As of a content. The first field is no condition, so no put or delete has the same. */
    public static long of(RegisterFunction function, OptionalLong ttlMs, String principal) {
        Fingerprint fingerprint = sentBy(principal).add("function").add(ttlMs.orElse(-1));
        function.canonicalFields().forEach(fingerprint::add);
        return ByteBuffer.wrap(fingerprint.digest()).getLong();
    }

    private static Fingerprint sentBy(String principal) {
        Fingerprint fingerprint = new Fingerprint();
        return principal.isEmpty() ? fingerprint : fingerprint.add("principal").add(principal);
    }

    Fingerprint add(byte[] field) {
        add(field.length);
        digest.update(field);
        return this;
    }

    Fingerprint add(String field) {
        return add(field.getBytes(UTF_8));
    }

    Fingerprint add(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
        return this;
    }

    byte[] digest() {
        return digest.digest();
    }
}
