package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.tls.CertificateFile;
import io.quorate.deploy.tls.KeyFile;
import io.quorate.deploy.tls.TlsFileException;
import io.quorate.deploy.tls.TlsMaterial;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of TLS that a command names.
 *
 * @param authorities that the client trusts. Without them it trusts those of the JDK
 * @param certificate by which the client says who it is
 * @param key of that certificate
 */
public record ClientTls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
    public static final ClientTls NONE = new ClientTls(Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws CommandFailure if a file is missing or wrong */
    void applyTo(HttpClientOptions options) {
        try {
            if (authorities.isPresent()) {
                options.setTrustOptions(
                        TrustOptions.wrap(TlsMaterial.trustManager(CertificateFile.read(authorities.get()))));
            }
            if (certificate.isPresent() && key.isPresent()) {
                options.setKeyCertOptions(KeyCertOptions.wrap(
                        TlsMaterial.keyManager(CertificateFile.read(certificate.get()), KeyFile.read(key.get()))));
            }
        } catch (TlsFileException e) {
            throw CommandFailure.usage(e.getMessage() + "; nothing was sent");
        }
    }

    List<String> curlArguments() {
        List<String> words = new ArrayList<>();
        authorities.ifPresent(file -> words.addAll(List.of("--cacert", file.toString())));
        certificate.ifPresent(file -> words.addAll(List.of("--cert", file.toString())));
        key.ifPresent(file -> words.addAll(List.of("--key", file.toString())));
        return words;
    }
}
