package io.quorate.deploy.client;

import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.terminal.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code --endpoint}, the same for every command that speaks to a cluster. */
public final class EndpointsOption {
    @Option(
            names = {"-e", "--endpoint", "--endpoints"},
            split = ",",
            paramLabel = "HOST:PORT",
            showDefaultValue = Visibility.NEVER,
            converter = EndpointConverter.class,
            description =
                    "where nodes answer HTTP, tried in this order; may be repeated. Default: $QUORATE_ENDPOINTS, or the"
                            + " local cluster in .quorate, or 127.0.0.1:7001,127.0.0.1:7002,127.0.0.1:7003")
    private List<Endpoint> given = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description =
                    "the authorities that vouch for the nodes, PEM; all endpoints speak TLS then. Without it, only"
                            + " those with https:// do. Default: $QUORATE_CA, or that of the local cluster in .quorate")
    private Path authorities;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description = "the certificate of this client, PEM. Default: $QUORATE_CERT, or that of the local cluster")
    private Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description = "the key of that certificate, PEM. Default: $QUORATE_KEY, or that of the local cluster")
    private Path key;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description =
                    "a file with the token by which the client says who it is; sent by TLS only. Default: $QUORATE_TOKEN,"
                            + " which is the token itself, or $QUORATE_TOKEN_FILE, or that of the local cluster in"
                            + " .quorate")
    private Path tokenFile;

    /** Whether the user named the endpoints, by the option or the variable. */
    public boolean isNamed() {
        return !given.isEmpty() || DefaultEndpoints.isNamed(System.getenv());
    }

    /** How to speak TLS with the endpoints that do. */
    public ClientTls tls() {
        Optional<Path> ownCertificate =
                file(certificate, "QUORATE_CERT").or(() -> ofLocalCluster(PortLayout.ADMIN_CERTIFICATE));
        Optional<Path> ownKey = file(key, "QUORATE_KEY").or(() -> ofLocalCluster(PortLayout.ADMIN_KEY));
        if (ownCertificate.isPresent() != ownKey.isPresent()) {
            throw CommandFailure.usage("--cert and --key belong together; nothing was sent");
        }
        Optional<Path> trusted = file(authorities, "QUORATE_CA")
                .or(() -> isNamed() ? Optional.empty() : DefaultEndpoints.authorities(System.getenv(), Path.of("")));
        return new ClientTls(trusted, ownCertificate, ownKey);
    }

    /** By which the client says who it is. */
    public ClientToken token() {
        String direct = System.getenv().getOrDefault("QUORATE_TOKEN", "");
        if (tokenFile == null && !direct.isBlank()) {
            return ClientToken.of(direct);
        }
        return file(tokenFile, "QUORATE_TOKEN_FILE")
                .or(() -> isNamed() ? Optional.empty() : DefaultEndpoints.token(System.getenv(), Path.of("")))
                .map(ClientToken::read)
                .orElse(ClientToken.NONE);
    }

    /** Only if no certificate and no endpoint is named. */
    private Optional<Path> ofLocalCluster(String name) {
        boolean isGiven = isNamed()
                || file(certificate, "QUORATE_CERT").isPresent()
                || file(key, "QUORATE_KEY").isPresent();
        return isGiven ? Optional.empty() : DefaultEndpoints.file(name, System.getenv(), Path.of(""));
    }

    private static Optional<Path> file(Path given, String variable) {
        return Optional.ofNullable(given).or(() -> Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of));
    }

    public List<Endpoint> endpoints() {
        boolean tls = tls().authorities().isPresent();
        return plain().stream()
                .map(endpoint -> tls ? endpoint.withTls() : endpoint)
                .toList();
    }

    private List<Endpoint> plain() {
        if (!given.isEmpty()) {
            return given;
        }
        try {
            return DefaultEndpoints.of(System.getenv(), Path.of(""));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }
}
