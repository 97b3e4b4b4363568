package io.quorate.deploy.data.option;

import io.quorate.common.model.Key;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.Base64;

/** A key as an argument: text, or Base64 for bytes that are no text. */
final class KeyText {
    /**
     * Java replaces bytes that are no text in the locale by this character, and the argument that was typed is lost.
     */
    private static final char REPLACEMENT = '\uFFFD';

    private KeyText() {}

    /**
     * @param name of the argument, for messages
     * @throws CommandFailure if it is no key
     */
    static Key parse(String name, String text, boolean base64) {
        try {
            return base64 ? Key.of(Base64.getDecoder().decode(text)) : Key.of(requireReadable(name, text));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    name + (base64 ? " is not the Base64 of a key: " : ": ") + e.getMessage() + "; nothing was sent");
        }
    }

    /** @throws CommandFailure if the locale lost bytes of the argument */
    static String requireReadable(String name, String text) {
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw CommandFailure.usage(name + " has bytes that are no characters in this locale; nothing was sent. Set"
                    + " LC_ALL=C.UTF-8, or use --key64 for a key and --file for a value");
        }
        return text;
    }
}
