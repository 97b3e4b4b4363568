package io.quorate.node.replica;

import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Condition;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.StoreStatistics;
import io.quorate.node.suffrage.VotingRight;
import java.util.Optional;

/** INSPECT: tells how this replica and its process are. */
public final class InspectHandler {
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

    Condition inspect() {
        Optional<StoreStatistics> store = registers.map(Store::statistics);
        return new Condition(
                process.pid(),
                process.uptimeMs(),
                process.cpuMs(),
                process.residentBytes(),
                clock.wallMs(),
                store.map(StoreStatistics::memtableBytes).orElse(0L),
                store.map(StoreStatistics::tables).orElse(0).longValue(),
                store.map(StoreStatistics::tableBytes).orElse(0L),
                store.map(StoreStatistics::logBytes).orElse(0L),
                clock.tooFarAhead(),
                right.why());
    }
}
