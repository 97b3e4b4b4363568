package io.quorate.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Many gets, puts and deletes in one request: at most 1,000, in 4 MiB. It is not atomic: each has its own result.
 * Operations on one key run in their order, and all others side by side. For one thread.
 */
public final class Batch {
    private final List<Operation> operations = new ArrayList<>();

    /** Of nothing yet. */
    public Batch() {}

    /** One operation of a batch. */
    sealed interface Operation {
        Key key();

        String json();
    }

    record Get(Key key) implements Operation {
        @Override
        public String json() {
            return "{\"op\":\"get\"," + Bytes.field("key", key.bytes()) + "}";
        }
    }

    record Put(Key key, Value value, Optional<Duration> timeToLive) implements Operation {
        @Override
        public String json() {
            return "{\"op\":\"put\"," + Bytes.field("key", key.bytes()) + ","
                    + Bytes.field("value", value.content()) + ",\"contentType\":" + Json.quote(value.contentType())
                    + timeToLive
                            .map(life -> ",\"ttl\":\"" + life.toMillis() + "ms\"")
                            .orElse("") + "}";
        }
    }

    record Delete(Key key) implements Operation {
        @Override
        public String json() {
            return "{\"op\":\"delete\"," + Bytes.field("key", key.bytes()) + "}";
        }
    }

    public Batch get(Key key) {
        return add(new Get(key));
    }

    public Batch put(Key key, Value value) {
        return add(new Put(key, value, Optional.empty()));
    }

    /** @param timeToLive after which the value is gone by itself */
    public Batch put(Key key, Value value, Duration timeToLive) {
        return add(new Put(key, value, Optional.of(timeToLive)));
    }

    public Batch delete(Key key) {
        return add(new Delete(key));
    }

    private Batch add(Operation operation) {
        operations.add(operation);
        return this;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    static byte[] body(List<Operation> operations) {
        return operations.stream()
                .map(Operation::json)
                .collect(Collectors.joining(",", "{\"operations\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
