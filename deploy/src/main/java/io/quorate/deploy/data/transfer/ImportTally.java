package io.quorate.deploy.data.transfer;

import io.quorate.deploy.terminal.CommandFailure;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How many lines had which outcome, and the first that failed. The thread of the command and the event loop share it.
 */
final class ImportTally {
    private final Map<ImportOutcome, Long> counts = new EnumMap<>(ImportOutcome.class);
    private final boolean keepGoing;
    private final Consumer<String> failures;
    private LineFailure first;

    private record LineFailure(long number, ImportOutcome outcome, String why) {}

    /** @param failures gets a text for each line that fails, if the import goes on behind it */
    ImportTally(boolean keepGoing, Consumer<String> failures) {
        this.keepGoing = keepGoing;
        this.failures = failures;
        for (ImportOutcome outcome : ImportOutcome.values()) {
            counts.put(outcome, 0L);
        }
    }

    synchronized void add(ImportOutcome outcome) {
        counts.merge(outcome, 1L, Long::sum);
    }

    /** @param why goes on after "line 17" */
    synchronized void addFailure(long number, ImportOutcome outcome, String why) {
        add(outcome);
        if (first == null || number < first.number) {
            first = new LineFailure(number, outcome, why);
        }
        if (keepGoing) {
            failures.accept("line " + number + " " + why);
        }
    }

    /** Whether no further line is to be read. */
    synchronized boolean isOver() {
        return first != null && !keepGoing;
    }

    synchronized long count(ImportOutcome outcome) {
        return counts.get(outcome);
    }

    synchronized String line() {
        return counts.entrySet().stream()
                .map(count -> count.getKey().name().toLowerCase(Locale.ROOT) + " " + count.getValue())
                .collect(Collectors.joining("  "));
    }

    /** The line to begin with the next time, if the first failure ended the import. */
    synchronized Optional<Long> failedAt() {
        return isOver() ? Optional.of(first.number) : Optional.empty();
    }

    /**
     * The failure with which the import ends, or empty if no line failed.
     *
     * @param advice how to go on
     */
    synchronized Optional<CommandFailure> failure(String advice) {
        if (first == null) {
            return Optional.empty();
        }
        String message = keepGoing
                ? "lines that failed, as said above: " + (count(ImportOutcome.REFUSED) + count(ImportOutcome.UNKNOWN))
                : "line " + first.number + " " + first.why + ". " + advice;
        boolean isUnknown = count(ImportOutcome.UNKNOWN) > 0;
        return Optional.of(isUnknown ? CommandFailure.unknown(message) : CommandFailure.refused(message));
    }
}
