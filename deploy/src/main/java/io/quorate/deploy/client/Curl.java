package io.quorate.deploy.client;

import io.quorate.deploy.terminal.ShellWord;
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
        boolean withToken = endpoint.tls() && token.secret().isPresent();
        return withToken ? withToken(words, token, call) : quoted(words);
    }

    /**
     * The command line of a program can be read by all users, and that of a shell's own {@code printf} cannot. So the
     * header goes through a pipe. A body that comes from standard input keeps it, as descriptor 4.
     */
    private static String withToken(List<String> words, ClientToken token, Call call) {
        boolean isInputTaken = call.body().filter(Payload::readsStandardInput).isPresent();
        words.addAll(1, List.of("-H", isInputTaken ? "@/dev/fd/3" : "@-"));
        String piped = "printf '" + ClientToken.HEADER + ": Bearer %s\\n' " + secret(token) + " | " + quoted(words);
        return isInputTaken ? "{ " + piped + " 3<&0 <&4; } 4<&0" : piped;
    }

    /** In quotes: the shell puts the secret in. */
    private static String secret(ClientToken token) {
        return token.file()
                .map(path -> "\"$(cat " + ShellWord.quoted(path.toString()) + ")\"")
                .orElse("\"$QUORATE_TOKEN\"");
    }

    private static String quoted(List<String> words) {
        return words.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
    }

    private static boolean hasDotSegment(String uri) {
        return uri.split("\\?", 2)[0].matches(".*/\\.\\.?(/.*|$)");
    }
}
