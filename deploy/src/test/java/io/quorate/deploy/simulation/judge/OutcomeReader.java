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

/** Tells the judges how operations end at their coordinator. Only linearizable ones promise anything. */
public final class OutcomeReader implements OperationObserver {
    private final Judges judges;
    private final LongSupplier nowNs;

    public OutcomeReader(Judges judges, LongSupplier nowNs) {
        this.judges = judges;
        this.nowNs = nowNs;
    }

    @Override
    public void ended(OperationKind kind, Optional<Key> key, OperationOptions options, Outcome outcome) {
        if (options.level() != ConsistencyLevel.LINEARIZABLE) {
            return;
        }
        if (outcome instanceof Read read) {
            read(key.orElseThrow(), read);
        } else if (outcome instanceof Applied applied) {
            applied(key.orElseThrow(), applied);
        } else if (outcome instanceof ConditionFailed failed) {
            failed(key.orElseThrow(), failed);
        } else if (outcome instanceof Scanned page) {
            judges.succeeded(page);
            page.entries().forEach(entry -> scanned(entry, page));
        }
    }

    private void read(Key key, Read read) {
        Record record = read.record();
        judges.succeeded(read);
        judges.ended(ended(key, read, record.version(), false, Optional.of(record.isTombstone())));
    }

    /** An answer that is given again is as old as the attempt that found it first. */
    private void applied(Key key, Applied applied) {
        judges.succeeded(applied);
        if (applied.repeated().isEmpty()) {
            judges.ended(ended(key, applied, applied.version(), true, judges.isTombstone(key, applied.version())));
        }
    }

    private void failed(Key key, ConditionFailed failed) {
        judges.succeeded(failed);
        if (!failed.repeated()) {
            judges.ended(ended(key, failed, failed.version(), false, Optional.empty()));
        }
    }

    private void scanned(ScanEntry entry, Scanned page) {
        judges.ended(ended(entry.key(), page, entry.version(), false, Optional.of(false)));
    }

    private Ended ended(Key key, Outcome outcome, Version version, boolean wrote, Optional<Boolean> absent) {
        return new Ended(key, outcome.evidence().startNs(), nowNs.getAsLong(), version, wrote, absent);
    }
}
