package io.quorate.coordinator.operation.scan;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.ScanLimits;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Operation;
import io.quorate.coordinator.operation.OperationContext;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.register.ReadOperation;
import io.quorate.coordinator.operation.scan.PageMerge.Doubt;
import io.quorate.coordinator.operation.scan.PageMerge.Stale;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.StoreRound;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A page of a scan. It does for many keys in one round what a read does for one key. A majority shows the range, and
 * the newest version of each key wins. If fewer than a majority hold that version, or that tombstone, it is stored back
 * to a majority before the page is answered. So no later read or scan can find an older state of a key that the page
 * shows, or shows to be absent.
 *
 * <p>Every key is linearizable on its own, at some instant of its own within the operation. The page is no snapshot. If
 * two keys are written one after the other, it may show the second write and not the first.
 *
 * <p>Two questions need a read of the key itself. Is a conditional write chosen that some replica has accepted? Has the
 * value expired?
 *
 * <p>For a page of keys only, replicas send only versions. If they differ in a value, the page is asked for again with
 * values, because a repair needs them. Stale replicas that the majority did not need are repaired after the answer.
 */
public final class ScanOperation extends Operation implements ScanRound.ScanListener, StoreRound.StoreListener {
    private final OperationContext operationContext;
    private final PageQuery query;
    private final OperationOptions options;
    private final VersionMint versions;
    private final Map<Key, Record> settled = new HashMap<>();
    private ScanRound scan;
    private StoreRound writeBack;
    private PageMerge page;
    private boolean answered;
    private long demandedAge;

    public ScanOperation(
            OperationContext operationContext,
            PageQuery query,
            OperationOptions options,
            VersionMint versions,
            Consumer<Outcome> listener) {
        super(operationContext, options, listener);
        this.options = options;
        this.versions = versions;
        this.operationContext = operationContext;
        this.query = query;
    }

    @Override
    protected void begin() {
        scan(query.withValues());
    }

    private void scan(boolean withValues) {
        Scan request = new Scan(
                query.range(), query.direction(), withValues, ScanLimits.ofValues(query.entriesMax()), demandedAge);
        scan = new ScanRound(context, replicas, operationContext.preference(), required, request, this);
        evidence.add(scan);
        scan.start();
    }

    @Override
    public void scanned(ScanRound round) {
        page = merge(round);
        if (!round.asksForValues() && lacksRecords()) {
            scan(true);
        } else if (page.doubtful().isEmpty()) {
            repairAndAnswer();
        } else {
            page.doubtful().forEach(this::settle);
        }
    }

    private void settle(Key key) {
        OperationOptions rest = options.within(Math.max(1, restMs()));
        new ReadOperation(operationContext, key, rest, versions, outcome -> settled(key, outcome)).start();
    }

    /** A bit less than the scan has left. So a read that ends late is the one that says why. */
    private long restMs() {
        return TimeUnit.NANOSECONDS.toMillis(deadlineNs() - context.clock().monotonicNs()) - 1;
    }

    private void settled(Key key, Outcome outcome) {
        if (!isFinished()) {
            // The read contains its own defects. This is a part of the scan again.
            context.run(() -> outcome.match(new AfterSettling(key)));
        }
    }

    /** What the read of one doubtful key means for the page. */
    private final class AfterSettling extends Outcome.ExpectedCases<Void> {
        private final Key key;

        AfterSettling(Key key) {
            this.key = key;
        }

        @Override
        public Void read(Outcome.Read read) {
            settled.put(key, read.record());
            if (settled.size() == page.doubtful().size()) {
                repairAndAnswer();
            }
            return null;
        }

        @Override
        public Void refused(Outcome.Refused refused) {
            refused.evidence().rounds().forEach(evidence::add);
            finish(new Outcome.Refused(refused.reason(), evidence));
            return null;
        }
    }

    private void repairAndAnswer() {
        ScanRound round = scan;
        List<Stale> heldByFew =
                page.stale().stream().filter(key -> key.copies() < required).toList();
        if (writesBack() && !heldByFew.isEmpty()) {
            writeBack(round, heldByFew);
        } else {
            answer();
        }
    }

    private PageMerge merge(ScanRound round) {
        return new PageMerge(
                query.direction(),
                round.replies(),
                query.entriesMax(),
                new Doubt(context.time(), level() != ConsistencyLevel.ONE, writesBack()));
    }

    private boolean lacksRecords() {
        return page.stale().stream().anyMatch(key -> key.newest().record().isEmpty());
    }

    private boolean writesBack() {
        return level() == ConsistencyLevel.LINEARIZABLE || level() == ConsistencyLevel.ALL;
    }

    private void writeBack(ScanRound round, List<Stale> keys) {
        List<StoreRequest> stores = keys.stream()
                .map(key -> store(key.newest(), page.evidenceAge()))
                .toList();
        writeBack = new StoreRound(context, replicas, required, stores, this);
        evidence.add(writeBack);
        evidence.lastRoundRepaired();
        writeBack.startWriteBack(round, replica -> keys.stream().allMatch(key -> key.isHeldBy(replica)));
    }

    private static StoreRequest store(ScanEntry entry, long evidenceAge) {
        return StoreRequest.repair(entry.key(), entry.record().orElseThrow(), evidenceAge);
    }

    @Override
    public void stored(StoreRound round) {
        context.repairs().countForeground(evidence.repaired().size());
        answer();
    }

    private void answer() {
        answered = true;
        finish(new Outcome.Scanned(entries(), page.coveredTo(), evidence));
        for (int i = 0; i < replicas.size(); i++) {
            if (scan.hasAcked(i)) {
                repair(i);
            }
        }
    }

    private List<ScanEntry> entries() {
        return page.live().stream()
                .map(entry ->
                        settled.containsKey(entry.key()) ? ScanEntry.of(entry.key(), settled.get(entry.key())) : entry)
                .filter(entry -> !entry.tombstone())
                .map(entry -> query.withValues() ? entry : entry.head())
                .toList();
    }

    @Override
    public void scannedLate(ScanRound round, Exchange exchange) {
        if (answered && round == scan) {
            repair(replicas.indexOf(exchange.replica()));
        }
    }

    /** Sends a replica what its reply lacks, unless the write-back did. One that was not waited for is compared now. */
    private void repair(int replica) {
        PageMerge compared = page.counts(replica) ? page : merge(scan);
        for (Stale key : compared.stale()) {
            boolean writtenBack = writeBack != null && key.copies() < required && writeBack.wasAsked(replica);
            if (!key.isHeldBy(replica) && !writtenBack && key.newest().record().isPresent()) {
                context.repairs().countBackground();
                replicas.get(replica).ask(store(key.newest(), compared.evidenceAge()), 0, IgnoredAnswers.INSTANCE);
            }
        }
    }

    @Override
    public void scanMissed(ScanRound round) {
        finish(refused(round));
    }

    /** Some key of the page may have been deleted and forgotten meanwhile: then it is asked for anew (C7). */
    @Override
    public void storeMissed(StoreRound round) {
        if (round.outdatedBy() > 0) {
            demandedAge = Math.max(demandedAge, round.outdatedBy());
            writeBack = null;
            settled.clear();
            scan(scan.asksForValues());
        } else {
            finish(refused(round));
        }
    }

    @Override
    protected Outcome outcomeAtDeadline() {
        return refused(writeBack == null ? scan : writeBack);
    }

    @Override
    protected void abandon() {
        scan.abandon();
        if (writeBack != null) {
            writeBack.abandon();
        }
    }
}
