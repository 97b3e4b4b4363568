package io.quorate.deploy.bench.request;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Requests as bytes. Keys are numbers of a fixed width, so a request is a copy of a template with other digits and
 * another value.
 */
public final class Requests {
    private static final String KEY = "user";
    private static final int DIGITS = 12;
    private static final String TEMPLATE = "/v1/kv/" + KEY + "0".repeat(DIGITS);

    private final byte[] get;
    private final byte[] put;
    private final RandomValues values;

    public Requests(int valueBytes, SharedHead head, SplittableRandom random) {
        this.get = (head.lines("GET", TEMPLATE) + "\r\n").getBytes(US_ASCII);
        String lines = head.lines("PUT", TEMPLATE) + "Content-Length: " + valueBytes + "\r\n\r\n";
        this.put = (lines + "x".repeat(valueBytes)).getBytes(US_ASCII);
        this.values = new RandomValues(valueBytes, random);
    }

    public Buffer of(RequestKind kind, long key) {
        byte[] request = (kind == RequestKind.READ ? get : put).clone();
        writeKey(request, "GET /v1/kv/".length(), key);
        if (kind == RequestKind.WRITE) {
            values.writeInto(request);
        }
        return Buffer.buffer(request);
    }

    /** A key as text. */
    public static String key(long number) {
        return String.format(Locale.ROOT, "%s%0" + DIGITS + "d", KEY, number);
    }

    /** @param keyAt where a request has key 0 */
    public static void writeKey(byte[] request, int keyAt, long key) {
        int at = keyAt + KEY.length() + DIGITS - 1;
        for (long rest = key; rest > 0; rest /= 10) {
            request[at--] = (byte) ('0' + rest % 10);
        }
    }
}
