package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.coordinator.api.access.TokenDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The access file of a new cluster: one principal, who may do everything. */
public final class FirstAdministrator {
    private static final Grant EVERYTHING = Grant.parse("admin");

    private FirstAdministrator() {}

    /** Writes the file, over an old one, and returns the token. */
    public static String write(Path file, NodeId name) throws IOException {
        String secret = AccessToken.newSecret();
        Instant now = Instant.ofEpochMilli(SystemClock.INSTANCE.wallMs()).truncatedTo(ChronoUnit.SECONDS);
        AccessToken token = new AccessToken(TokenDigest.of(secret), Optional.of(now));
        AccessEntry administrator = new AccessEntry(name, List.of(token), List.of(EVERYTHING));
        try {
            Files.deleteIfExists(file);
            new AccessFileWriter(new AccessFile(file)).change(none -> none.with(administrator));
        } catch (AccessFileException e) {
            throw new IOException(e.getMessage(), e);
        }
        return secret;
    }
}
