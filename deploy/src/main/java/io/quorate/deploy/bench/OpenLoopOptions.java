package io.quorate.deploy.bench;

import io.quorate.common.text.DurationText;
import io.quorate.deploy.bench.closed.Workload;
import io.quorate.deploy.bench.load.LoadGroup;
import io.quorate.deploy.bench.load.OpenPace;
import io.quorate.deploy.bench.load.Patience;
import io.quorate.deploy.bench.load.RequestPlan;
import io.quorate.deploy.bench.load.RequestShape;
import io.quorate.deploy.bench.request.SharedHead;
import io.quorate.deploy.terminal.OptionRange;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code quorate bench} that make its loop an open one. */
final class OpenLoopOptions {
    private static final double PER_SECOND_MAX = 1e6;
    private static final int CONNECTIONS_MAX = 50_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "send so many requests a second whatever becomes of them, instead of one for each client")
    private Double rate;

    @Option(
            names = "--patience",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "with --rate: a client gives up so long after its request was due, and closes its connection")
    private String patience;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1000",
            description = "with --rate: the most connections, opened as they are needed")
    private int connections;

    boolean isOpen() {
        return rate != null;
    }

    /** @throws ParameterException of {@code command} if an option is out of its range */
    LoadGroup group(Workload workload, SharedHead head, CommandSpec command) {
        OptionRange range = new OptionRange(command);
        range.require("--rate", rate, rate > 0 && rate <= PER_SECOND_MAX, "above 0, to 1000000");
        range.require("--connections", connections, 1, CONNECTIONS_MAX);
        long patienceMs = DurationText.parse(patience).map(DurationText::ms).orElse(0L);
        range.require(
                "--patience", "'" + patience + "'", patienceMs >= 1 && patienceMs <= Patience.MS_MAX, "1ms to 2m");
        return new LoadGroup(
                "clients",
                requests(workload, head),
                new OpenPace(rate, OpenPace.Spacing.POISSON, connections),
                new Patience(patienceMs, true),
                List.of(),
                workload.endpoints());
    }

    private static RequestPlan requests(Workload workload, SharedHead head) {
        return new RequestPlan(
                RequestShape.KEY_VALUE,
                workload.readRatio(),
                workload.keys(),
                workload.keyChoice(),
                workload.valueBytes(),
                1,
                head,
                workload.seed());
    }
}
