package io.quorate.deploy.config;

import io.quorate.deploy.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS of a process. The three options belong together. The files are PEM files, and a relative path starts at the
 * folder of the configuration file. A process reads them again within seconds when they change.
 *
 * @param tlsCertificate the file with this process's certificate, followed by those between it and an authority, if
 *     there are any. Among its subject alternative names is {@code URI:quorate://CLUSTER/node/ID}, or
 *     {@code .../coordinator/ID} for a coordinator. With it, peers need certificates of {@code tlsCa}, and clients need
 *     {@code https}. Give it to all processes of a cluster or to none. Default none: no TLS
 * @param tlsKey the file with the key of that certificate: PKCS #8, EC or RSA, not encrypted. Default none
 * @param tlsCa the file with the authorities that this process trusts, one or several. Default none
 */
public record TlsOptions(Optional<Path> tlsCertificate, Optional<Path> tlsKey, Optional<Path> tlsCa)
        implements OptionGroup {
    static TlsOptions take(Options options, Path file) {
        TlsOptions taken = new TlsOptions(
                path(options, "tlsCertificate", file), path(options, "tlsKey", file), path(options, "tlsCa", file));
        taken.check(options);
        return taken;
    }

    private static Optional<Path> path(Options options, String name, Path file) {
        return options.optionalText(name).map(file.toAbsolutePath()::resolveSibling);
    }

    boolean isEmpty() {
        return tlsCertificate.isEmpty() && tlsKey.isEmpty() && tlsCa.isEmpty();
    }

    /** Empty without TLS. */
    public Optional<TlsFiles> files() {
        return tlsCertificate.map(certificate -> new TlsFiles(certificate, tlsKey.orElseThrow(), tlsCa.orElseThrow()));
    }

    private void check(Options options) {
        if (!isEmpty()) {
            require(options, "tlsCertificate", tlsCertificate);
            require(options, "tlsKey", tlsKey);
            require(options, "tlsCa", tlsCa);
        }
    }

    private static void require(Options options, String name, Optional<Path> given) {
        if (given.isEmpty()) {
            options.problem(
                    name,
                    "it is missing, and another option of TLS is there",
                    "needed: the path of a PEM file. tlsCertificate, tlsKey and tlsCa belong together");
        }
    }
}
