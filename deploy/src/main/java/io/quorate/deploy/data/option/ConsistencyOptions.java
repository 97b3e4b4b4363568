package io.quorate.deploy.data.option;

import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.DurationOption;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many replicas an answer needs, and how long that may take. */
public final class ConsistencyOptions {
    @Option(
            names = {"--level", "--consistency"},
            paramLabel = "LEVEL",
            description = "linearizable (default), quorum, one or all")
    private ConsistencyArgument level;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationOption.Converter.class,
            description =
                    "how long the nodes may take, such as 500ms or 2s; by default what the profile says, or what they"
                            + " are configured for")
    private DurationOption timeout;

    /** @param byDefault the timeout that holds without the option */
    public void addTo(QueryString query, Optional<DurationOption> byDefault) {
        query.withIf(level != null, "consistency", level);
        timeout(byDefault).ifPresent(present -> query.with("timeout", present.text()));
    }

    /** @param byDefault the timeout that holds without the option */
    public Call limitTime(Call call, Optional<DurationOption> byDefault) {
        return timeout(byDefault)
                .map(present -> call.answeredWithin(present.ms()))
                .orElse(call);
    }

    private Optional<DurationOption> timeout(Optional<DurationOption> byDefault) {
        return Optional.ofNullable(timeout).or(() -> byDefault);
    }
}
