package io.quorate.deploy.log;

import io.quorate.common.model.Key;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.http.LogText;
import io.quorate.coordinator.operation.Evidence;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.OutcomeKind;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one warning for each slow operation: its kind, its outcome, and when each replica answered. */
public final class SlowRequestLog implements OperationObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequestLog.class);

    private static final int LINES_PER_SECOND = 10;

    private final long slowNs;
    private final Clock clock;
    private final LineBudget budget;

    /** @param slowMs an operation that takes at least this long is logged */
    public SlowRequestLog(int slowMs, Clock clock) {
        this.slowNs = TimeUnit.MILLISECONDS.toNanos(slowMs);
        this.clock = clock;
        this.budget = new LineBudget(LINES_PER_SECOND, clock);
    }

    @Override
    public void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome) {
        long elapsedNs = clock.monotonicNs() - outcome.evidence().startNs();
        if (elapsedNs >= slowNs) {
            OptionalLong leftOut = budget.take();
            if (leftOut.isPresent()) {
                write(kind, key, options, outcome, TimeUnit.NANOSECONDS.toMillis(elapsedNs), leftOut.getAsLong());
            }
        }
    }

    private static void write(
            OperationKind kind,
            Optional<Key> key,
            OperationOptions options,
            Outcome outcome,
            long elapsedMs,
            long leftOut) {
        Evidence evidence = outcome.evidence();
        LOG.atWarn()
                .addKeyValue("requestId", options.requestId())
                .addKeyValue("operation", kind.name().toLowerCase(Locale.ROOT))
                .addKeyValue("key", key.map(each -> LogText.of(each.bytes())).orElse(""))
                .addKeyValue("consistency", options.level().label())
                .addKeyValue("outcome", OutcomeKind.of(outcome).label())
                .addKeyValue("elapsedMs", elapsedMs)
                .addKeyValue("rounds", evidence.rounds().size())
                .log(
                        "slow request: {}{}",
                        RoundsText.of(evidence),
                        leftOut == 0 ? "" : "; " + leftOut + " more were slow since the last such line");
    }
}
