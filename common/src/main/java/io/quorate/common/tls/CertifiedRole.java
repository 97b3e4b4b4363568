package io.quorate.common.tls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a certificate may be. */
public enum CertifiedRole {
    /** A member of the cluster: a replica. */
    NODE,
    /** A coordinator without a replica. */
    COORDINATOR,
    /** A program that uses the HTTP API. No process of the cluster is one. */
    CLIENT;

    /** As it stands in a certificate. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CertifiedRole> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
