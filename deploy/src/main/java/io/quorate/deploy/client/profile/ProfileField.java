package io.quorate.deploy.client.profile;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields of a profile in the file. */
public enum ProfileField {
    ENDPOINTS("endpoints"),
    CA("ca"),
    CERT("cert"),
    KEY("key"),
    TOKEN_FILE("tokenFile"),
    TIMEOUT("timeout");

    private final String text;

    ProfileField(String text) {
        this.text = text;
    }

    static Optional<ProfileField> parse(String text) {
        return Arrays.stream(values()).filter(field -> field.text.equals(text)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(ProfileField::text).collect(Collectors.joining(", "));
    }

    public String text() {
        return text;
    }
}
