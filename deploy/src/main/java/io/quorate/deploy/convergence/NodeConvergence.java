package io.quorate.deploy.convergence;

import io.quorate.common.convergence.Slots;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.Scheduler;
import io.quorate.coordinator.api.convergence.Convergence;
import io.quorate.coordinator.api.convergence.ConvergenceStatus;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.Blockage;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.DamagedBlock;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.ForgettingStatus;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.FoundingStatus;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.PassStatus;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.VerifiedStatus;
import io.quorate.node.convergence.antientropy.PassCompanion;
import io.quorate.node.convergence.antientropy.PassDriver;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.convergence.antientropy.PassOptions;
import io.quorate.node.convergence.antientropy.Peers;
import io.quorate.node.convergence.antientropy.handler.ConvergenceHandlers;
import io.quorate.node.convergence.antientropy.handler.PacedReader;
import io.quorate.node.convergence.antientropy.handler.ReadPace;
import io.quorate.node.convergence.forgetting.ForgettingFigures;
import io.quorate.node.convergence.forgetting.ForgettingFigures.ClockBehind;
import io.quorate.node.convergence.forgetting.ForgettingOptions;
import io.quorate.node.convergence.forgetting.TombstoneForgetting;
import io.quorate.node.convergence.founding.Founding;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.lsm.Store;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.state.KeyStates;
import io.quorate.node.threads.StorageThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Anti-entropy of one node: its memory, its reader and its driver. Safe for use by several threads. */
public final class NodeConvergence implements Convergence {
    private static final double MS_PER_SECOND = 1e3;

    private final Store store;
    private final Hints hints;
    private final Founding founding;
    private final Clock clock;
    private final PassMemory memory;
    private final PassFigures figures = new PassFigures();
    private final PacedReader reader;
    private final ForgettingFigures forgetting;
    private final int purgeQuietMs;
    private volatile Optional<PassDriver> driver = Optional.empty();
    private volatile Optional<Ages> ages = Optional.empty();

    /** @param purgeQuietMs how old deletes are at least when passes forget them, or 0 if passes forget nothing */
    public NodeConvergence(
            Store store,
            Hints hints,
            Founding founding,
            StorageThreads threads,
            ReadPace pace,
            int purgeQuietMs,
            Clock clock) {
        this.purgeQuietMs = purgeQuietMs;
        this.store = store;
        this.hints = hints;
        this.founding = founding;
        this.clock = clock;
        this.forgetting = new ForgettingFigures(clock);
        this.memory = new PassMemory(store, clock);
        memory.watch(hints);
        hints.onPassNeeded(memory::hurry);
        this.reader = new PacedReader(store, threads.verifier(), threads.scheduler(), clock, pace);
    }

    public ConvergenceHandlers handlers(KeyStates states) {
        ages = Optional.of(states.ages());
        return new ConvergenceHandlers(states, reader, memory, figures, forgetting, clock);
    }

    /** @param made makes the driver of this node, on the event loop that calls this */
    public PassDriver drive(Function<PassMemory, PassDriver> made) {
        PassDriver next = made.apply(memory);
        driver = Optional.of(next);
        next.start();
        return next;
    }

    /** What passes do besides comparing. Nothing is forgotten before the cluster is founded. */
    public PassCompanion companion(Peers peers, Scheduler scheduler) {
        return purgeQuietMs == 0
                ? PassCompanion.NONE
                : new TombstoneForgetting(
                        peers,
                        new ForgettingOptions(
                                founding::isFounded, purgeQuietMs, PassOptions.DEFAULTS.answerTimeoutMs()),
                        scheduler,
                        clock,
                        forgetting);
    }

    /** Grows while hints are replayed, by this node or to it. */
    public long replaySteps() {
        return hints.replaySteps();
    }

    public PassFigures figures() {
        return figures;
    }

    /** How long ago the least recent slot was verified, in seconds. Not a number if none ever was. */
    public double oldestAgeSeconds() {
        OptionalLong oldestMs = verified(memory.shown()).oldestAtMs();
        return oldestMs.isPresent() ? (clock.wallMs() - oldestMs.getAsLong()) / MS_PER_SECOND : Double.NaN;
    }

    /** How many slots were never verified. */
    public int neverVerified() {
        return verified(memory.shown()).never();
    }

    /** Deleted keys that this node forgot since its start. */
    public long forgotten() {
        return forgetting.forgotten();
    }

    /** How many tombstones this node held in the last whole pass. Not a number if there was none since its start. */
    public double tombstones() {
        OptionalLong held = memory.tombstones();
        return held.isPresent() ? held.getAsLong() : Double.NaN;
    }

    /** How many members stop the forgetting of deletes. */
    public int forgettingBlocked() {
        return forgettingBlockages().size();
    }

    @Override
    public boolean hurry() {
        memory.hurry();
        return true;
    }

    @Override
    public Optional<ConvergenceStatus> status() {
        PassMemory.Shown shown = memory.shown();
        return Optional.of(new ConvergenceStatus(
                clock.wallMs(),
                foundingStatus(),
                pass(shown),
                verified(shown),
                blockages(),
                damages(),
                forgettingStatus()));
    }

    private ForgettingStatus forgettingStatus() {
        return new ForgettingStatus(
                purgeQuietMs, forgetsUpToMs(), forgetting.forgotten(), memory.tombstones(), forgettingBlockages());
    }

    private OptionalLong forgetsUpToMs() {
        long least = ages.map(numbers -> IntStream.range(0, Slots.COUNT)
                        .mapToLong(numbers::floor)
                        .min()
                        .orElse(0))
                .orElse(0L);
        return least == 0 ? OptionalLong.empty() : OptionalLong.of(HybridClock.millisOf(least));
    }

    /** A member that keeps slots from being verified stops forgetting too, and so does one that takes no fence. */
    private List<Blockage> forgettingBlockages() {
        if (purgeQuietMs == 0) {
            return List.of();
        }
        Map<NodeId, Blockage> byMember = new TreeMap<>();
        foundingStatus().waitsFor().forEach(each -> byMember.put(each.by(), each));
        // A pass with a fence, whichever node drives it, is one in which all members took part.
        if (memory.shown().progress().fence() == 0) {
            forgetting
                    .withoutFence()
                    .forEach((member, sinceMs) -> byMember.put(
                            member, new Blockage(member, "did not take part when the last pass began", sinceMs)));
        }
        forgetting
                .clocksBehind(memory.shown().progress().startedMs())
                .forEach((member, each) -> byMember.put(member, new Blockage(member, slow(each), each.sinceMs())));
        blockages().forEach(each -> byMember.put(each.by(), each));
        return List.copyOf(byMember.values());
    }

    private static String slow(ClockBehind clock) {
        long minutes = Duration.ofMillis(clock.behindMs()).toMinutes();
        return switch (clock.of()) {
            case OTHERS ->
                "has a clock that is " + minutes + " min behind the others: deletes wait for the earliest one";
            case ITS_FENCE ->
                "has a fence that its clock, less purgeQuietMs, passes only in " + minutes
                        + " min: the clock was set back, or purgeQuietMs was raised. Deletes wait until then";
        };
    }

    private FoundingStatus foundingStatus() {
        return new FoundingStatus(
                founding.isFounded(),
                founding.obstacles().stream()
                        .map(each -> new Blockage(each.member(), each.why(), each.sinceMs()))
                        .toList());
    }

    private PassStatus pass(PassMemory.Shown shown) {
        double progress = shown.progress(store.content());
        return new PassStatus(
                shown.progress().number(),
                !shown.ended(),
                shown.hurried(),
                shown.progress().startedMs(),
                shown.progress().number() == 0 ? 0 : Math.round(progress * 100) / 100.0,
                reader.bytesPerSecond(shown.hurried()),
                shown.ended() ? OptionalLong.empty() : endsAtMs(shown.elapsedMs(), progress));
    }

    /** From how long the part behind took. */
    private OptionalLong endsAtMs(long elapsedMs, double progress) {
        return progress < 0.01
                ? OptionalLong.empty()
                : OptionalLong.of(clock.wallMs() + Math.round(elapsedMs * (1 - progress) / progress));
    }

    private static VerifiedStatus verified(PassMemory.Shown shown) {
        return new VerifiedStatus(shown.verifiedMs()
                .mapToObj(ms -> ms == 0 ? OptionalLong.empty() : OptionalLong.of(ms))
                .toList());
    }

    private List<Blockage> blockages() {
        return driver.map(PassDriver::obstacles).orElse(List.of()).stream()
                .map(each -> new Blockage(each.member(), each.why(), each.sinceMs()))
                .toList();
    }

    private List<DamagedBlock> damages() {
        return figures.damages().stream()
                .map(each -> new DamagedBlock(each.file(), each.offset()))
                .toList();
    }
}
