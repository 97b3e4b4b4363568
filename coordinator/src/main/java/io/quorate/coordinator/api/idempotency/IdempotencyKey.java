package io.quorate.coordinator.api.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.coordinator.api.http.BadRequest;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The client's name for a write, so that it may send the write again: 1 to {@value #CHARS_MAX} printable ASCII
 * characters. The same name on another key is another write. The name of a batch names every put and delete in it, by
 * position.
 *
 * @param position of the operation in its batch, or {@link #ALONE} outside of a batch
 */
public record IdempotencyKey(String text, int position) {
    public static final String HEADER = "Idempotency-Key";
    public static final int CHARS_MAX = 255;
    static final int ALONE = -1;

    public IdempotencyKey(String text) {
        this(text, ALONE);
    }

    /** The request's header, if it has one. */
    public static Optional<IdempotencyKey> of(HttpServerRequest request) {
        List<String> values = request.headers().getAll(HEADER);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1 || !isAllowed(values.get(0))) {
            throw new BadRequest(
                    400,
                    HEADER + " must be given once and have 1 to " + CHARS_MAX
                            + " printable ASCII characters. Nothing was applied");
        }
        return Optional.of(new IdempotencyKey(values.get(0)));
    }

    public static boolean isAllowed(String text) {
        return !text.isEmpty() && text.length() <= CHARS_MAX && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    public IdempotencyKey at(int operation) {
        return new IdempotencyKey(text, operation);
    }

    /** Every node computes the same id, and no other key has it. */
    public RequestId requestOn(Key key) {
        ByteBuffer hash = ByteBuffer.wrap(new Fingerprint()
                .add(key.bytes())
                .add(text.getBytes(US_ASCII))
                .add(position)
                .digest());
        // The last bit keeps it apart from the id that stands for no request.
        return new RequestId(hash.getLong(), hash.getLong() | 1);
    }
}
