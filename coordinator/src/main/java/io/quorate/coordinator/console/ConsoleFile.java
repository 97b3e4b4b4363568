package io.quorate.coordinator.console;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** One file of the console, with an entity tag that changes with its bytes. */
record ConsoleFile(Buffer bytes, String contentType, String tag) {
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");

    private static final int TAG_BYTES = 12;

    static ConsoleFile of(String name, byte[] bytes) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String contentType = CONTENT_TYPES.getOrDefault(ending, "application/octet-stream");
        return new ConsoleFile(Buffer.buffer(bytes), contentType, '"' + digest(bytes) + '"');
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
