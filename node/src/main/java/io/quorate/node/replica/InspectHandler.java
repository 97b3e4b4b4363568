package io.quorate.node.replica;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.StoreStatus;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.statistics.CompactionStatistics;
import io.quorate.node.lsm.statistics.StoreStatistics;
import io.quorate.node.voting.VotingRight;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** INSPECT: tells how this replica and its process are. */
public final class InspectHandler implements RequestHandler<Inspect> {
    private final Optional<Store> registers;
    private final HybridClock clock;
    private final VotingRight right;
    private final ProcessGauges process;

    /** @param registers empty if the store is too damaged to be opened */
    public InspectHandler(Optional<Store> registers, HybridClock clock, VotingRight right, ProcessGauges process) {
        this.registers = registers;
        this.clock = clock;
        this.right = right;
        this.process = process;
    }

    @Override
    public void handle(Inspect inspect, Consumer<Reply> reply) {
        reply.accept(new ReplicaStatus(
                process.pid(),
                process.uptimeMs(),
                process.cpuMs(),
                process.residentBytes(),
                clock.wallMs(),
                clock.tooFarAhead(),
                right.why(),
                registers.map(store -> status(store.diskSpace(), store.statistics()))));
    }

    private static StoreStatus status(DiskSpace diskSpace, StoreStatistics store) {
        return new StoreStatus(
                diskSpace,
                store.memtableBytes(),
                store.frozenMemtables(),
                store.tables(),
                store.tableBytes(),
                store.queuedBytes(),
                store.writes(),
                store.logForces(),
                store.logBytes(),
                store.flushedBytes(),
                store.compactedBytes(),
                store.userBytes(),
                store.stalls(),
                store.delays(),
                store.delayedMs(),
                store.gets(),
                store.tablesRead(),
                store.openScans(),
                store.oldestScanWrites(),
                store.compaction().merges(),
                store.compaction().trivialMoves(),
                store.compaction().runningMerges(),
                store.compaction().debtBytes(),
                levels(store.compaction()));
    }

    private static List<StoreStatus.LevelStatus> levels(CompactionStatistics tables) {
        return IntStream.range(0, tables.tablesByLevel().size())
                .mapToObj(level -> new StoreStatus.LevelStatus(
                        tables.tablesByLevel().get(level),
                        tables.bytesByLevel().get(level),
                        tables.writtenBytesByLevel().get(level)))
                .toList();
    }
}
