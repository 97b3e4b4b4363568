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
 * What a client calls a write, so that it may send it again: 1 to {@value #CHARS_MAX} printable ASCII characters, each
 * key's own. Of a batch it is the name of every put and delete in it, each by its position.
 *
 * @param position which operation of a batch; {@link #ALONE} of none
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
                    HEADER + " must stand there once and have 1 to " + CHARS_MAX
                            + " printable ASCII characters; nothing was applied");
        }
        return Optional.of(new IdempotencyKey(values.get(0)));
    }

    public static boolean isAllowed(String text) {
        return !text.isEmpty() && text.length() <= CHARS_MAX && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    public IdempotencyKey at(int operation) {
        return new IdempotencyKey(text, operation);
    }

    /** The same at every node, and no other key's. */
    public RequestId requestOn(Key key) {
        ByteBuffer hash = ByteBuffer.wrap(new Fingerprint()
                .add(key.bytes())
                .add(text.getBytes(US_ASCII))
                .add(position)
                .digest());
        // The last bit keeps it apart from what stands for no request at all.
        return new RequestId(hash.getLong(), hash.getLong() | 1);
    }
}
