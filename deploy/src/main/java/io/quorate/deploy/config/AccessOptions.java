package io.quorate.deploy.config;

import io.quorate.deploy.access.AccessFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what at the HTTP API.
 *
 * @param accessFile the file with the principals, their tokens and their grants, YAML or JSON. It needs TLS, since a
 *     token is a secret. {@code quorate access} changes it. A relative path starts at the folder of the configuration
 *     file. A process reads it again within seconds when it changes. Without it everybody who reaches the API may do
 *     everything. Default none
 */
public record AccessOptions(Optional<Path> accessFile) implements OptionGroup {
    static AccessOptions take(Options options, Path file) {
        return new AccessOptions(options.optionalText("accessFile").map(file.toAbsolutePath()::resolveSibling));
    }

    /** Empty if everybody may do everything. */
    public Optional<AccessFile> file() {
        return accessFile.map(AccessFile::new);
    }

    void check(Options options, TlsOptions tls) {
        if (accessFile.isPresent() && tls.isEmpty()) {
            options.problem(
                    "accessFile",
                    "there is no TLS, and anybody on the way could read the tokens",
                    "allowed: with tlsCertificate, tlsKey and tlsCa, or leave it out");
        }
    }
}
