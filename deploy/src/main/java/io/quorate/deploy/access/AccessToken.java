package io.quorate.deploy.access;

import io.quorate.coordinator.api.access.TokenDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A token as the file knows it.
 *
 * @param created when a command made it. Empty if the file does not say
 */
record AccessToken(TokenDigest digest, Optional<Instant> created) {
    /** Scanners that look for secrets in source code find a token by it. */
    static final String PREFIX = "qrt_";

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new secret. Only its holder ever knows it. */
    static String newSecret() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
