package io.quorate.deploy.simulation.client;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.Outcome.Refused;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.simulation.judge.Call;
import io.quorate.deploy.simulation.judge.I1LinearizableHistory;
import io.quorate.deploy.simulation.world.Cluster;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reports to the judges and to the history what clients are answered, as far as the level of each request goes. */
final class Witness {
    private final Cluster cluster;
    private final List<Key> keys;

    Witness(Cluster cluster, List<Key> keys) {
        this.cluster = cluster;
        this.keys = keys;
    }

    void scanned(Call call, PageWalk walk, Outcome outcome) {
        if (outcome instanceof Scanned page) {
            count(call, outcome);
            scanned(call, walk, page);
        } else {
            answered(call, outcome);
        }
    }

    void answered(Call call, Outcome outcome) {
        long nowNs = nowNs();
        count(call, outcome);
        if (outcome instanceof Applied applied) {
            applied(call, applied.version());
        } else if (outcome instanceof Read read) {
            saw(call, call.key(), read.record().content(), read.record().version());
        } else if (outcome instanceof ConditionFailed failed) {
            cluster.history().refuted(call, nowNs, failed.version());
            history(call.key()).refused(call);
            history(call.key()).saw(call.startNs(), nowNs, failed.version(), Optional.empty());
        } else if (outcome instanceof Refused refused) {
            refused(call, refused);
        } else {
            cluster.history().ended(call, nowNs, Operation.Outcome.UNKNOWN);
        }
    }

    private void count(Call call, Outcome outcome) {
        String level = call.level() == ConsistencyLevel.LINEARIZABLE
                ? ""
                : " at " + call.level().label();
        cluster.count(call.op() + level + ": " + outcome.getClass().getSimpleName());
    }

    private void refused(Call call, Refused refused) {
        cluster.count("refused: " + refused.reason());
        cluster.history().ended(call, nowNs(), Operation.Outcome.FAIL);
        if (call.writes()) {
            history(call.key()).refused(call);
        }
    }

    /** A write to one replica may be lost. */
    private void applied(Call call, Version version) {
        if (call.level() == ConsistencyLevel.ONE) {
            cluster.history().ended(call, nowNs(), Operation.Outcome.UNKNOWN);
            history(call.key()).wroteToOne(call, version);
        } else {
            cluster.history().wrote(call, nowNs(), version);
            history(call.key()).wrote(call, nowNs(), version);
        }
    }

    private void saw(Call call, Key key, Content content, Version version) {
        switch (call.level()) {
            case LINEARIZABLE, ALL -> {
                cluster.history().saw(call, key, nowNs(), content, version);
                history(key).saw(call.startNs(), nowNs(), version, Optional.of(content));
            }
            case QUORUM -> history(key).sawAtQuorum(call.startNs(), version, content);
            case ONE -> history(key).sawAtOne(version, content);
        }
    }

    private void sawSome(Call call, ScanEntry entry) {
        switch (call.level()) {
            case LINEARIZABLE, ALL -> history(entry.key()).sawSome(call.startNs(), nowNs(), entry.version());
            case QUORUM, ONE -> {
                // The history of a key knows nothing to compare it with.
            }
        }
    }

    /** A key that a page covers and does not show had no value. */
    private void scanned(Call call, PageWalk walk, Scanned page) {
        if (!walk.isAnsweredBy(page)) {
            history(call.key()).violated("a page has other keys than it should: " + walk + ", " + page);
        }
        Set<Key> shown = new HashSet<>();
        for (ScanEntry entry : page.entries()) {
            shown.add(entry.key());
            entry.value()
                    .ifPresentOrElse(
                            value -> saw(call, entry.key(), value, entry.version()), () -> sawSome(call, entry));
        }
        for (Key key : keys) {
            if (!shown.contains(key) && walk.covers(page, key)) {
                sawNone(call, key);
            }
        }
    }

    private void sawNone(Call call, Key key) {
        if (call.level() != ConsistencyLevel.ONE) {
            history(key).sawNone(call.startNs());
        }
        if (call.isAtomic()) {
            cluster.history().saw(call, key, nowNs(), TOMBSTONE, Version.ZERO);
        }
    }

    private long nowNs() {
        return cluster.time().nowNs();
    }

    private I1LinearizableHistory history(Key key) {
        return cluster.judges().history(key);
    }
}
