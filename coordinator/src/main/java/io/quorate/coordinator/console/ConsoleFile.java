package io.quorate.coordinator.console;

import io.quorate.coordinator.api.http.ServedFile;
import java.util.Map;

/** Makes a file of the console, whose content type follows from the ending of its name. */
final class ConsoleFile {
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

    private ConsoleFile() {}

    static ServedFile of(String name, byte[] bytes) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return ServedFile.of(bytes, CONTENT_TYPES.getOrDefault(ending, "application/octet-stream"));
    }
}
