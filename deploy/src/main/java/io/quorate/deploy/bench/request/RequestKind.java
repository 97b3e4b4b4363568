package io.quorate.deploy.bench.request;

import java.util.Locale;

/** The kind of a request. Each kind is measured by itself. */
public enum RequestKind {
    READ,
    WRITE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
