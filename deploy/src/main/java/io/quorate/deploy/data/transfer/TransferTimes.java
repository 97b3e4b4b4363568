package io.quorate.deploy.data.transfer;

import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.option.EndpointsOption;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long an export or import waits for one answer, and how long it goes on without one. */
final class TransferTimes {
    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationOption.Converter.class,
            description =
                    "how long the nodes may take for a request; by default what the profile says, or what they are"
                            + " configured for")
    private DurationOption timeout;

    @Option(
            names = "--retry-for",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationOption.Converter.class,
            description = "how long to go on while nothing gets through: refused for now, or no answer (default:"
                    + " ${DEFAULT-VALUE})")
    private DurationOption retryFor;

    /** Empty for what the nodes are configured for. */
    Optional<DurationOption> timeout(EndpointsOption endpoints) {
        return Optional.ofNullable(timeout).or(endpoints::timeout);
    }

    Duration retryFor() {
        return Duration.ofMillis(retryFor.ms());
    }
}
