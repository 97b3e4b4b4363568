package io.quorate.deploy.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line of curl that sends the same request, quoted for a POSIX shell. */
public final class Curl {
    private Curl() {}

    /** @param output the file for the answer's body, or empty for standard output */
    public static String of(Endpoint endpoint, Call call, Optional<Path> output) {
        return of(endpoint, ClientTls.NONE, ClientToken.NONE, call, output);
    }

    /** @param output the file for the answer's body, or empty for standard output */
    public static String of(Endpoint endpoint, ClientTls tls, ClientToken token, Call call, Optional<Path> output) {
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
        List<String> quoted = new ArrayList<>(words.stream().map(Curl::quoted).toList());
        if (endpoint.tls()) {
            token.secret().ifPresent(any -> quoted.addAll(1, List.of("-H", authorization(token))));
        }
        return String.join(" ", quoted);
    }

    /** In quotes of its own: the shell puts the secret in. */
    private static String authorization(ClientToken token) {
        String secret = token.file()
                .map(path -> "$(cat " + quoted(path.toString()) + ")")
                .orElse("$QUORATE_TOKEN");
        return "\"" + ClientToken.HEADER + ": Bearer " + secret + "\"";
    }

    /** A word as a POSIX shell takes it literally. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean hasDotSegment(String uri) {
        return uri.split("\\?", 2)[0].matches(".*/\\.\\.?(/.*|$)");
    }
}
