package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The token by which a command says who it is. It never stands on a command line, which every user of the machine can
 * read.
 *
 * @param file from which it was read. Empty if it comes from a variable, or if there is none
 */
public record ClientToken(Optional<String> secret, Optional<Path> file) {
    public static final ClientToken NONE = new ClientToken(Optional.empty(), Optional.empty());
    public static final String HEADER = "Authorization";

    private static final String FORM = "[\\x21-\\x7e]+";

    public static ClientToken of(String secret) {
        return new ClientToken(Optional.of(plain(secret, "QUORATE_TOKEN")), Optional.empty());
    }

    /** @throws CommandFailure if the file cannot be read, everybody may read it, or it holds no token */
    public static ClientToken read(Path file) {
        SecretFile.requireSecret(file, "the token");
        try {
            return new ClientToken(Optional.of(plain(Files.readString(file), file.toString())), Optional.of(file));
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read the token in " + file + ": " + e + "; nothing was sent");
        }
    }

    private static String plain(String text, String from) {
        String secret = text.strip();
        if (!secret.matches(FORM)) {
            throw CommandFailure.usage(from + " holds no token: expected one word; nothing was sent");
        }
        return secret;
    }

    /** The header for an endpoint. Without TLS there is none, since anybody on the way could read it. */
    public Optional<String> header(Endpoint endpoint) {
        return secret.filter(any -> endpoint.tls()).map(word -> "Bearer " + word);
    }

    /** It shows no secret. */
    @Override
    public String toString() {
        return secret.isPresent() ? "a token" : "no token";
    }
}
