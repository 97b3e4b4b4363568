package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import java.nio.file.Path;
import java.util.List;
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

    /** Whether the user named the endpoints, by the option or the variable. */
    public boolean isNamed() {
        return !given.isEmpty() || DefaultEndpoints.isNamed(System.getenv());
    }

    public List<Endpoint> endpoints() {
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
