package io.quorate.deploy.bench;

import java.util.Locale;

/** What a request does; each kind is measured by itself. */
enum RequestKind {
    READ,
    WRITE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
