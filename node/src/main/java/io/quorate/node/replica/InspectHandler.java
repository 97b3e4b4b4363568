package io.quorate.node.replica;

import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Condition;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.StoreStatistics;

/** INSPECT: tells how this replica and its process are. */
public final class InspectHandler {
    private final Store registers;
    private final HybridClock clock;
    private final ProcessGauges process;

    public InspectHandler(Store registers, HybridClock clock, ProcessGauges process) {
        this.registers = registers;
        this.clock = clock;
        this.process = process;
    }

    Condition inspect() {
        StoreStatistics store = registers.statistics();
        return new Condition(
                process.pid(),
                process.uptimeMs(),
                process.cpuMs(),
                process.residentBytes(),
                clock.wallMs(),
                store.memtableBytes(),
                store.tables(),
                store.tableBytes(),
                store.logBytes(),
                clock.tooFarAhead());
    }
}
