package io.quorate.deploy.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command line of curl that sends the same request, quoted for a POSIX shell. */
public final class Curl {
    private Curl() {}

    /** @param output the file for the answer's body, or empty for standard output */
    public static String of(Endpoint endpoint, Call call, Optional<Path> output) {
        return of(endpoint, ClientTls.NONE, call, output);
    }

    /** @param output the file for the answer's body, or empty for standard output */
    public static String of(Endpoint endpoint, ClientTls tls, Call call, Optional<Path> output) {
        List<String> words = new ArrayList<>(List.of("curl", "-sS"));
        if (endpoint.tls()) {
            words.addAll(tls.curlArguments());
        }
        if (endpoint.host().indexOf(':') >= 0) {
            words.add("-g"); // brackets are no pattern here
        }
        if (hasDotSegment(call.uri())) {
            words.add("--path-as-is");
        }
        if (!call.method().equals("GET")) {
            words.addAll(List.of("-X", call.method()));
        }
        call.headers().forEach((name, value) -> words.addAll(List.of("-H", name + ": " + value)));
        call.body().ifPresent(body -> words.addAll(body.curlArguments()));
        output.ifPresent(file -> words.addAll(List.of("-o", file.toString())));
        words.add(endpoint.origin() + call.uri());
        return words.stream().map(Curl::quoted).collect(Collectors.joining(" "));
    }

    /** A word as a POSIX shell takes it literally. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean hasDotSegment(String uri) {
        return uri.split("\\?", 2)[0].matches(".*/\\.\\.?(/.*|$)");
    }
}
