package io.quorate.coordinator.api.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A role, and for keys those that it holds for.
 *
 * <pre>
 * grant  := role [":" prefix]
 * role   := read | write | observe | operate | admin
 * prefix := the first bytes of keys, UTF-8, in which %XX is one byte; only behind read and write
 * </pre>
 */
public record Grant(AccessRole role, KeyPrefix keys) {
    /** @throws IllegalArgumentException if the text is no grant. The message says why, and what is allowed */
    public static Grant parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        AccessRole role = AccessRole.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + word + "' is no role; allowed: " + roles() + ", and a prefix as in read:app/"));
        KeyPrefix keys = KeyPrefix.ALL;
        if (colon >= 0) {
            keys = prefix(role, text.substring(colon + 1));
        }
        return new Grant(role, keys);
    }

    private static KeyPrefix prefix(AccessRole role, String text) {
        if (!role.isAboutKeys()) {
            throw new IllegalArgumentException("'" + role.word() + "' takes no prefix; allowed: " + role.word());
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the prefix behind '" + role.word() + ":' is empty; allowed: "
                    + role.word() + " for all keys, or " + role.word() + ":app/");
        }
        return KeyPrefix.parse(text);
    }

    private static String roles() {
        return Arrays.stream(AccessRole.values()).map(AccessRole::word).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return keys.isAll() ? role.word() : role.word() + ":" + keys;
    }
}
