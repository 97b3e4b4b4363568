package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.coordinator.replica.ClusterTime;
import io.quorate.coordinator.round.QueryRound;
import java.util.Optional;

/**
 * What the answers to a QUERY tell a write that has prepared nothing, or was preempted. It judges them as a
 * linearizable read does. A look preempts nobody, and writes nothing.
 */
final class Look {
    private final QueryRound round;
    private final int majority;
    private final ClusterTime time;

    /** @param round a majority has answered it */
    Look(QueryRound round, int majority, ClusterTime time) {
        this.round = round;
        this.majority = majority;
        this.time = time;
    }

    /**
     * The record with this version, if it was chosen or is the register of a replica. One register is enough: a version
     * is one record (I2).
     */
    Optional<Record> record(Version version) {
        return round.isDoubtful()
                ? Optional.empty()
                : chosen().filter(record -> record.version().equals(version)).or(() -> round.record(version));
    }

    /** A proposal above each register that a majority has accepted under one ballot. */
    private Optional<Record> chosen() {
        return round.unsettled().filter(this::isChosen).map(Proposal::record);
    }

    private boolean isChosen(Proposal proposal) {
        return round.acceptors(proposal) >= majority;
    }

    /** A proposal above each register that may be chosen or not. */
    Optional<Record> underWay() {
        return round.unsettled().filter(proposal -> !isChosen(proposal)).map(Proposal::record);
    }

    /**
     * The register, if it needs no further round. It does if fewer than a majority hold it (I7), if a proposal above it
     * is under way, if it may have been forgotten meanwhile (C4), and if its life is over.
     */
    Optional<Observation> observation() {
        if (round.isDoubtful() || underWay().isPresent()) {
            return Optional.empty();
        }
        Optional<Record> chosen = chosen();
        return chosen.isPresent() ? chosen.flatMap(this::observed) : register();
    }

    private Optional<Observation> observed(Record chosen) {
        return Optional.of(chosen)
                .filter(record -> time.asItReads(record) == record)
                .map(record -> new Observation(record.version(), record.isTombstone(), round));
    }

    private Optional<Observation> register() {
        Version newest = round.newest();
        boolean isOver = !round.newestIsTombstone() && !round.newestReadsAsValue();
        return Optional.of(newest)
                .filter(version -> round.holders(version) >= majority && !isOver)
                .map(version -> new Observation(version, round.newestIsTombstone(), round));
    }
}
