package io.quorate.deploy.bench;

import java.util.Locale;

/** The kind of a request. Each kind is measured by itself. */
enum RequestKind {
    READ,
    WRITE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
