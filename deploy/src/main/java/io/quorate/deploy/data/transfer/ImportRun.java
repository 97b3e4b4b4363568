package io.quorate.deploy.data.transfer;

import io.quorate.common.text.PercentEncoding;
import io.quorate.common.time.Clock;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.CallEnd;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.RepeatingClient;
import io.quorate.deploy.data.option.QueryString;
import io.quorate.deploy.terminal.PrintableText;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Writes lines to the cluster, several at the same time.
 *
 * <p>A line is a plain PUT, which may be sent again: it takes effect at least once, and each time puts the same value.
 * With {@code ifAbsent} a second attempt would find the value of the first and say that the key was there before. So it
 * has an {@code Idempotency-Key}, by which it gets the first answer again. Plain puts have none, because it would make
 * each of them as dear as a compare-and-set.
 */
final class ImportRun implements ImportSource.KeySink {
    private static final long STEP_MS = 100;

    /** Less than the process waits for its end by a signal. */
    private static final long LAST_ANSWERS_MS = 10_000;

    private static final int KEY_CHARS_MAX = 60;

    private final RepeatingClient client;
    private final ImportTerms terms;
    private final Optional<DurationOption> timeout;
    private final ImportTally tally;
    private final ImportWindow window;
    private final Clock clock;
    private final BooleanSupplier isStopped;
    private final String id;
    private OptionalLong unsent = OptionalLong.empty();

    /**
     * @param timeout how long the nodes may take for a line
     * @param id no other run has it
     * @param isStopped whether the user wants no more of it
     */
    ImportRun(
            RepeatingClient client,
            ImportTerms terms,
            Optional<DurationOption> timeout,
            ImportTally tally,
            ImportWindow window,
            Clock clock,
            String id,
            BooleanSupplier isStopped) {
        this.client = client;
        this.terms = terms;
        this.timeout = timeout;
        this.tally = tally;
        this.window = window;
        this.clock = clock;
        this.id = id;
        this.isStopped = isStopped;
    }

    @Override
    public void take(long number, KeyLine line, int length) {
        OptionalLong ttlMs = OptionalLong.empty();
        if (line.expiresAt().isPresent()) {
            long leftMs = line.expiresAt().get().toEpochMilli() - clock.wallMs();
            if (leftMs <= 0) {
                tally.add(ImportOutcome.EXPIRED);
                return;
            }
            ttlMs = OptionalLong.of(leftMs);
        }
        if (enter(number, line, length)) {
            client.send(call(number, line, ttlMs), line.value(), end -> ended(number, line, length, end));
        }
    }

    private boolean enter(long number, KeyLine line, int length) {
        try {
            while (!window.enter(number, line.key(), length, STEP_MS)) {
                if (isStopped.getAsBoolean() || tally.isOver()) {
                    unsent = OptionalLong.of(number);
                    return false;
                }
            }
            if (!tally.isOver()) {
                return true;
            }
            window.leave(number, line.key(), length);
            unsent = OptionalLong.of(number);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unsent = OptionalLong.of(number);
            return false;
        }
    }

    private Call call(long number, KeyLine line, OptionalLong ttlMs) {
        QueryString query = new QueryString()
                .withIf(ttlMs.isPresent(), "ttl", ttlMs.orElse(0) + "ms")
                .withIf(
                        timeout.isPresent(),
                        "timeout",
                        timeout.map(DurationOption::text).orElse(""));
        String path = "/v1/kv/" + PercentEncoding.path(line.key().bytes()) + query;
        Call call = Call.change("PUT", path, Optional.empty(), "").with("Content-Type", line.contentType());
        call = timeout.map(DurationOption::ms).map(call::answeredWithin).orElse(call);
        return terms.ifAbsent() ? call.with("If-None-Match", "*").with("Idempotency-Key", id + "-" + number) : call;
    }

    private void ended(long number, KeyLine line, int length, CallEnd end) {
        String key = " (key '"
                + PrintableText.shortened(PrintableText.bytes(line.key().bytes()), KEY_CHARS_MAX) + "')";
        if (end.isApplied()) {
            tally.add(ImportOutcome.APPLIED);
        } else if (end.isUnknown()) {
            tally.addFailure(number, ImportOutcome.UNKNOWN, "may have been written" + key + ": " + end.why());
        } else if (terms.ifAbsent() && end.isConditionFailed()) {
            tally.add(ImportOutcome.KEPT);
        } else {
            tally.addFailure(number, ImportOutcome.REFUSED, "was not written" + key + ": " + end.why());
        }
        window.leave(number, line.key(), length);
    }

    /** Waits for the lines under way. If the user wants no more, they are not sent again, and get a moment. */
    void finish() throws InterruptedException {
        while (!window.awaitEmpty(STEP_MS)) {
            if (isStopped.getAsBoolean()) {
                client.stop();
                window.awaitEmpty(LAST_ANSWERS_MS);
                window.first()
                        .ifPresent(number ->
                                tally.addFailure(number, ImportOutcome.UNKNOWN, "was sent, and no answer came yet"));
                return;
            }
        }
    }

    /**
     * The line to begin with the next time: all before it are done.
     *
     * @param next the first line that was not read
     */
    long resumeAt(long next) {
        long least = Math.min(next, tally.failedAt().orElse(next));
        least = Math.min(least, unsent.orElse(next));
        return Math.min(least, window.first().orElse(next));
    }
}
