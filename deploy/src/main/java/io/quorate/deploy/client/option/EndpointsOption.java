package io.quorate.deploy.client.option;

import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that speaks to a cluster. */
public final class EndpointsOption {
    @Mixin
    private ConnectionOptions given;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            showDefaultValue = Visibility.NEVER,
            description =
                    "a cluster by its name: see 'quorate help profile'. Other options go before it, but -e must name"
                            + " endpoints of it. Without --profile these count: $QUORATE_ENDPOINTS, $QUORATE_CA,"
                            + " $QUORATE_CERT, $QUORATE_KEY, $QUORATE_TOKEN_FILE and the token itself in $QUORATE_TOKEN."
                            + " Default: $QUORATE_PROFILE if no endpoints are named, or the local cluster in .quorate, or"
                            + " the ports 7001 to 7003 of 127.0.0.1")
    private String profile;

    private Connection connection;

    /** Whether the user named the endpoints, by an option, a variable or a profile. */
    public boolean isNamed() {
        return connection().isNamed();
    }

    /** How to speak TLS with the endpoints that do. */
    public ClientTls tls() {
        return connection().tls();
    }

    /** By which the client says who it is. */
    public ClientToken token() {
        return connection().token();
    }

    public List<Endpoint> endpoints() {
        return connection().endpoints();
    }

    /** How long the nodes may take, as the profile says. */
    public Optional<DurationOption> timeout() {
        return connection().timeout();
    }

    /** The file of profiles is read once. */
    private Connection connection() {
        if (connection == null) {
            connection = Connection.of(given, Optional.ofNullable(profile), System.getenv(), Path.of(""));
        }
        return connection;
    }
}
