package io.quorate.deploy.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.bench.request.Requests;
import io.vertx.core.buffer.Buffer;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The form of a group's requests. Some are complete, others are begun and never finished. */
public enum RequestShape {
    /** GET and PUT of one key. */
    KEY_VALUE,

    /** {@code GET /health/live}, as a supervisor does it. */
    LIVE {
        @Override
        Supplier<PlannedRequest> repeated(int operations, LongSupplier keys) {
            return always(Buffer.buffer("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n"));
        }
    },

    /** A batch of gets: a short request with a long answer. */
    BATCH_OF_GETS {
        @Override
        Supplier<PlannedRequest> repeated(int operations, LongSupplier keys) {
            return () -> read(batch(gets(operations, keys)));
        }
    },

    /** A batch of one get, beside more than a megabyte of field names with equal hash codes. */
    COLLIDING_BATCH {
        @Override
        Supplier<PlannedRequest> repeated(int operations, LongSupplier keys) {
            return always(batch(collidingFields(operations) + gets(1, keys)));
        }
    },

    /** A connection without a byte. */
    IDLE,

    /** A head that gets one byte longer each second. */
    SLOW_HEADERS {
        @Override
        String opening(int valueBytes) {
            return "GET /v1/cluster HTTP/1.1\r\n" + HOST + "X-Slow: ";
        }

        @Override
        String drip() {
            return "s";
        }
    },

    /** A PUT whose last byte never comes. */
    UNFINISHED_UPLOAD {
        @Override
        String opening(int valueBytes) {
            return "PUT /v1/kv/unfinished HTTP/1.1\r\n" + HOST + "Content-Length: " + valueBytes + "\r\n\r\n"
                    + "u".repeat(Math.max(0, valueBytes - 1));
        }
    };

    private static final String HOST = "Host: localhost\r\n";

    boolean isKeyValue() {
        return this == KEY_VALUE;
    }

    /** Whether its requests are complete, and so are answered. */
    public boolean isComplete() {
        return this != IDLE && this != SLOW_HEADERS && this != UNFINISHED_UPLOAD;
    }

    Supplier<PlannedRequest> repeated(int operations, LongSupplier keys) {
        throw new IllegalStateException(this + " has no complete requests of its own");
    }

    /** What is sent at once on a new connection. */
    String opening(int valueBytes) {
        return "";
    }

    /** What is sent each second from then on. */
    String drip() {
        return "";
    }

    private static Supplier<PlannedRequest> always(Buffer bytes) {
        return () -> read(bytes);
    }

    private static PlannedRequest read(Buffer bytes) {
        return new PlannedRequest(RequestKind.READ, bytes);
    }

    private static Buffer batch(String fields) {
        String body = "{" + fields + "}";
        return Buffer.buffer("POST /v1/batch HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(US_ASCII).length + "\r\n\r\n" + body);
    }

    private static String gets(int count, LongSupplier keys) {
        StringJoiner gets = new StringJoiner(",", "\"operations\":[", "]");
        for (int i = 0; i < count; i++) {
            gets.add("{\"op\":\"get\",\"key\":\"" + Requests.key(keys.getAsLong()) + "\"}");
        }
        return gets.toString();
    }

    /** "Aa" and "BB" have the same hash code in Java, and so have all words that are made of them. */
    private static String collidingFields(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append('"');
            for (int bit = 0; bit < Short.SIZE; bit++) {
                fields.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            fields.append("\":0,");
        }
        return fields.toString();
    }
}
