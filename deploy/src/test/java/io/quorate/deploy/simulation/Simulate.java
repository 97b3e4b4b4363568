package io.quorate.deploy.simulation;

import io.quorate.common.placement.Placement;
import io.quorate.deploy.simulation.world.Scenario;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs simulations for as long as one likes, or one again: {@code scripts/simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs whole clusters, each on one thread and decided by its seed, and judges what clients and replicas saw.",
            "A violation is made as small as it gets, and told as the line that reproduces it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:no violation", " 1:a violation", " 2:bad arguments"})
final class Simulate implements Callable<Integer> {
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

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "so many seeds at the same time (default: one for each processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--history", paramLabel = "FILE", description = "where to write what clients did, as lines of JSON")
    private Path history;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final AtomicLong taken = new AtomicLong();
    private volatile boolean over;

    public static void main(String[] arguments) {
        Silence.during(() -> System.exit(new CommandLine(new Simulate()).execute(arguments)));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(nodes >= 0 && nodes <= Placement.MEMBERS_MAX, "--nodes is 1 to " + Placement.MEMBERS_MAX);
        require(threads > 0, "--threads is 1 or more");
        Tally tally = new Tally(spec.commandLine().getOut());
        try (Writer out = history == null ? Writer.nullWriter() : Files.newBufferedWriter(history)) {
            return isWithoutViolation(tally, out) ? 0 : 1;
        } finally {
            tally.tell();
        }
    }

    private void require(boolean isRight, String rule) {
        if (!isRight) {
            throw new CommandLine.ParameterException(spec.commandLine(), rule);
        }
    }

    private boolean isWithoutViolation(Tally tally, Writer out) throws InterruptedException {
        long endNs = System.nanoTime() + (long) (minutes * Duration.ofMinutes(1).toNanos());
        List<Callable<Boolean>> searches =
                Collections.nCopies(minutes > 0 ? threads : 1, () -> search(endNs, tally, out));
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            boolean areAllGood = true;
            for (Future<Boolean> each : executor.invokeAll(searches)) {
                areAllGood &= each.get();
            }
            return areAllGood;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search ended early", e);
        } finally {
            executor.shutdown();
        }
    }

    /** Takes one seed after the other. Any end of it ends the other threads too, with the seeds that they are at. */
    private boolean search(long endNs, Tally tally, Writer out) throws IOException {
        try {
            boolean isGood;
            do {
                isGood = run(scenario(seed + taken.getAndIncrement()), tally, out);
            } while (isGood && !over && System.nanoTime() < endNs);
            return isGood;
        } finally {
            over = true;
        }
    }

    private Scenario scenario(long number) {
        Scenario whole = nodes == 0 ? Scenario.of(number) : Scenario.of(number, nodes);
        return (forgetting ? whole.thatAlwaysForgets() : whole)
                .withClients(clients)
                .withOperations(operations)
                .withFaults(faults);
    }

    private boolean run(Scenario scenario, Tally tally, Writer out) throws IOException {
        Simulation simulation = new Simulation(scenario);
        Optional<String> violation = simulation.violation();
        tally.add(simulation);
        synchronized (out) {
            simulation.history().writeTo(out, scenario.seed() + "/");
        }
        violation.ifPresent(what -> {
            over = true; // before the shrinking, which takes long
            spec.commandLine().getOut().println(Shrinking.smallest(scenario, what));
        });
        return violation.isEmpty();
    }
}
