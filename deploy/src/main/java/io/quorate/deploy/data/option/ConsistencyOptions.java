package io.quorate.deploy.data.option;

import io.quorate.deploy.client.Call;
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
            description = "how long the nodes may take, such as 500ms or 2s; by default what they are configured for")
    private DurationOption timeout;

    public void addTo(QueryString query) {
        query.withIf(level != null, "consistency", level);
        if (timeout != null) {
            query.with("timeout", timeout.text());
        }
    }

    public Call limitTime(Call call) {
        return timeout == null ? call : call.answeredWithin(timeout.ms());
    }
}
