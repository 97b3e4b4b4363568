package io.quorate.deploy.config;

import io.quorate.deploy.access.AccessFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what at the HTTP API.
 *
 * @param accessFile the file with the principals, their tokens and their grants, YAML or JSON. A process with TLS needs
 *     it, and one without TLS has none: a token is a secret, and then everybody who reaches the API may do everything.
 *     {@code quorate access} changes it. A relative path starts at the folder of the configuration file. A process
 *     reads it again within seconds when it changes. Default none
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
        if (options.sound("tlsCertificate", "tlsKey", "tlsCa") && accessFile.isEmpty() && !tls.isEmpty()) {
            options.problem(
                    "accessFile",
                    "it is missing, and there is TLS: everybody who reaches the HTTP API could do everything",
                    "needed: the path of a file that 'quorate access add-token' makes. Only a process without TLS has"
                            + " none");
        }
        if (accessFile.isPresent() && tls.isEmpty()) {
            options.problem(
                    "accessFile",
                    "there is no TLS, and anybody on the way could read the tokens",
                    "allowed: with tlsCertificate, tlsKey and tlsCa, or leave it out");
        }
    }
}
