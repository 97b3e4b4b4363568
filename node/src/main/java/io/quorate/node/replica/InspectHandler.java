package io.quorate.node.replica;

import io.quorate.common.statistics.FileFigures;
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

/** INSPECT: shows the figures and the state of this replica and its process. It waits for nothing. */
public final class InspectHandler implements RequestHandler<Inspect> {
    private final Optional<Store> registers;
    private final HybridClock clock;
    private final VotingRight right;
    private final ProcessGauges process;
    private final Supplier<List<HintFigures>> hints;
    private final Supplier<Optional<FileFigures>> files;

    /** Of a replica that keeps no hints, and looks at no files. */
    public InspectHandler(Optional<Store> registers, HybridClock clock, VotingRight right, ProcessGauges process) {
        this(registers, clock, right, process, List::of, Optional::empty);
    }

    /**
     * @param registers empty if the store is too damaged to be opened
     * @param hints what the replica keeps for others
     * @param files what the store's directory has, as far as that is known
     */
    public InspectHandler(
            Optional<Store> registers,
            HybridClock clock,
            VotingRight right,
            ProcessGauges process,
            Supplier<List<HintFigures>> hints,
            Supplier<Optional<FileFigures>> files) {
        this.hints = hints;
        this.files = files;
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
                        new StoreStatus(store.diskSpace(), store.statistics().figures(), files.get(), hints.get()))));
    }
}
