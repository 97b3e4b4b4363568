package io.quorate.node.replica;

import io.quorate.common.statistics.HintFigures;
import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.StoreStatus;
import io.quorate.node.lsm.Store;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.voting.VotingRight;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** INSPECT: shows the figures and the state of this replica and its process. */
public final class InspectHandler implements RequestHandler<Inspect> {
    private final Optional<Store> registers;
    private final HybridClock clock;
    private final VotingRight right;
    private final ProcessGauges process;
    private final Supplier<List<HintFigures>> hints;

    /** Of a replica that keeps no hints. */
    public InspectHandler(Optional<Store> registers, HybridClock clock, VotingRight right, ProcessGauges process) {
        this(registers, clock, right, process, List::of);
    }

    /**
     * @param registers empty if the store is too damaged to be opened
     * @param hints what the replica keeps for others
     */
    public InspectHandler(
            Optional<Store> registers,
            HybridClock clock,
            VotingRight right,
            ProcessGauges process,
            Supplier<List<HintFigures>> hints) {
        this.hints = hints;
        this.registers = registers;
        this.clock = clock;
        this.right = right;
        this.process = process;
    }

    @Override
    public void handle(Inspect inspect, PendingReply reply) {
        reply.accept(new ReplicaStatus(
                process.pid(),
                process.uptimeMs(),
                process.cpuMs(),
                process.residentBytes(),
                clock.wallMs(),
                clock.tooFarAhead(),
                right.why(),
                registers.map(store ->
                        new StoreStatus(store.diskSpace(), store.statistics().figures(), hints.get()))));
    }
}
