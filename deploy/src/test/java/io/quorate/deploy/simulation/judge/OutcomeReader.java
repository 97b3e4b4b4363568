package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Scanned;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Reports to the judges how operations end at their coordinator, and what their level promises. */
public final class OutcomeReader implements OperationObserver {
    private final Judges judges;
    private final LongSupplier nowNs;

    public OutcomeReader(Judges judges, LongSupplier nowNs) {
        this.judges = judges;
        this.nowNs = nowNs;
    }

    @Override
    public void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome) {
        ConsistencyLevel level = options.level();
        if (outcome instanceof Read read) {
            judges.succeeded(read, level);
            read(key.orElseThrow(), read, level);
        } else if (outcome instanceof Applied applied) {
            judges.succeeded(applied, level);
            applied(key.orElseThrow(), applied, level);
        } else if (outcome instanceof ConditionFailed failed) {
            judges.succeeded(failed, level);
            failed(key.orElseThrow(), failed);
        } else if (outcome instanceof Scanned page) {
            judges.succeeded(page, level);
            page.entries().forEach(entry -> scanned(entry, page, level));
        }
    }

    private void read(Key key, Read read, ConsistencyLevel level) {
        Record record = read.record();
        saw(ended(key, read, record.version(), false, Optional.of(record.isTombstone())), level);
    }

    private void scanned(ScanEntry entry, Scanned page, ConsistencyLevel level) {
        saw(ended(entry.key(), page, entry.version(), false, Optional.of(false)), level);
    }

    private void saw(Ended operation, ConsistencyLevel level) {
        switch (level) {
            case LINEARIZABLE, ALL -> judges.ended(operation);
            case QUORUM -> judges.sawAtQuorum(operation);
            case ONE -> {
                // One replica's copy may have any age.
            }
        }
    }

    /**
     * An answer that is given again is as old as the attempt that found it first. A write that one replica acknowledged
     * may be lost.
     */
    private void applied(Key key, Applied applied, ConsistencyLevel level) {
        if (applied.repeated().isEmpty() && level != ConsistencyLevel.ONE) {
            judges.ended(ended(key, applied, applied.version(), true, judges.isTombstone(key, applied.version())));
        }
    }

    private void failed(Key key, ConditionFailed failed) {
        if (!failed.repeated()) {
            judges.ended(ended(key, failed, failed.version(), false, Optional.empty()));
        }
    }

    private Ended ended(Key key, Outcome outcome, Version version, boolean wrote, Optional<Boolean> absent) {
        return new Ended(key, outcome.evidence().startNs(), nowNs.getAsLong(), version, wrote, absent);
    }
}
