package io.quorate.deploy.access;

import io.quorate.coordinator.api.access.Grant;
import java.util.stream.Collectors;

/** A principal as commands print it. */
final class AccessText {
    private AccessText() {}

    static String grants(AccessEntry entry) {
        return entry.grants().isEmpty()
                ? "no grants"
                : entry.grants().stream().map(Grant::toString).collect(Collectors.joining(" "));
    }

    static String tokens(AccessEntry entry) {
        return entry.tokens().isEmpty()
                ? "none"
                : entry.tokens().stream()
                        .map(token -> token.digest().id()
                                + token.created()
                                        .map(created -> " (" + created + ")")
                                        .orElse(""))
                        .collect(Collectors.joining(" "));
    }
}
