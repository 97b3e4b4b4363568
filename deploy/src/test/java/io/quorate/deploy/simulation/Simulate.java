package io.quorate.deploy.simulation;

import io.quorate.common.placement.Placement;
import io.quorate.deploy.simulation.world.Scenario;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs simulations for as long as one likes, or one again: {@code scripts/simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs whole clusters on one thread, each decided by its seed, and judges what clients and replicas saw.",
            "A violation is made as small as it gets, and told as the line that reproduces it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:no violation", " 1:a violation", " 2:bad arguments"})
final class Simulate implements Callable<Integer> {
    private static final long PROGRESS_NS = Duration.ofSeconds(10).toNanos();

    @Option(names = "--minutes", paramLabel = "N", description = "how long; without it, one seed is run")
    private double minutes;

    @Option(names = "--seed", paramLabel = "S", description = "the first seed (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--nodes", paramLabel = "1..7", description = "of each cluster (default: by seed)")
    private int nodes;

    @Option(names = "--clients", paramLabel = "N", description = "at most so many clients")
    private int clients = Scenario.NO_BOUND;

    @Option(names = "--operations", paramLabel = "N", description = "at most so many operations of each client")
    private int operations = Scenario.NO_BOUND;

    @Option(names = "--faults", paramLabel = "N", description = "at most so many faults")
    private int faults = Scenario.NO_BOUND;

    @Option(names = "--forgetting", description = "passes forget deletes in each cluster, and not only in some")
    private boolean forgetting;

    @Option(names = "--history", paramLabel = "FILE", description = "where to write what clients did, as lines of JSON")
    private Path history;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final Map<String, Integer> counts = new TreeMap<>();
    private long seeds;
    private long operationsDone;
    private double simulatedHours;

    public static void main(String[] arguments) {
        Silence.during(() -> System.exit(new CommandLine(new Simulate()).execute(arguments)));
    }

    @Override
    public Integer call() throws IOException {
        if (nodes < 0 || nodes > Placement.MEMBERS_MAX) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--nodes is 1 to " + Placement.MEMBERS_MAX + ", not " + nodes);
        }
        try (Writer out = history == null ? Writer.nullWriter() : Files.newBufferedWriter(history)) {
            return runAll(out) ? 0 : 1;
        }
    }

    private boolean runAll(Writer out) throws IOException {
        long startNs = System.nanoTime();
        long endNs = startNs + (long) (minutes * Duration.ofMinutes(1).toNanos());
        long toldNs = startNs;
        boolean isGood;
        do {
            isGood = run(scenario(seed + seeds), out);
            seeds++;
            if (System.nanoTime() - toldNs > PROGRESS_NS) {
                toldNs = System.nanoTime();
                tell();
            }
        } while (isGood && System.nanoTime() < endNs);
        tell();
        counts.forEach((what, count) -> spec.commandLine().getOut().printf("%10d  %s%n", count, what));
        return isGood;
    }

    private Scenario scenario(long number) {
        Scenario whole = nodes == 0 ? Scenario.of(number) : Scenario.of(number, nodes);
        return (forgetting ? whole.thatAlwaysForgets() : whole)
                .withClients(clients)
                .withOperations(operations)
                .withFaults(faults);
    }

    private boolean run(Scenario scenario, Writer out) throws IOException {
        Simulation simulation = new Simulation(scenario);
        Optional<String> violation = simulation.violation();
        simulation.history().writeTo(out, scenario.seed() + "/");
        simulation.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
        operationsDone += simulation.operations();
        simulatedHours += simulation.simulatedMs() / 3_600_000.0;
        violation.ifPresent(what -> spec.commandLine().getOut().println(Shrinking.smallest(scenario, what)));
        return violation.isEmpty();
    }

    private void tell() {
        spec.commandLine()
                .getOut()
                .printf("%d seeds, %d operations, %.2f simulated hours%n", seeds, operationsDone, simulatedHours)
                .flush();
    }
}
