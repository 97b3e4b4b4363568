package io.quorate.node.convergence.antientropy;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.PassNoted;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import io.quorate.node.convergence.antientropy.RangeRun.Parts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives passes: compares all keys of all members, range by range, over and over. Each node has a driver. The one that
 * works is on the first member with a vote that its node reaches, in the order of names. Two at once only do work
 * twice. When the working one dies, the next one goes on by its own {@link PassMemory}. For one event loop.
 */
public final class PassDriver implements RangeRun.RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(PassDriver.class);

    private final Parts parts;
    private final PassMemory memory;
    private final Clock clock;
    private final Obstacles obstacles;
    private final ReplayWatch replay;

    // The event loop owns these.
    private Optional<PassProgress> pass = Optional.empty();
    private boolean running;
    private boolean hurried;
    private boolean lastGivenUp;
    private boolean stopped;
    private int ticks;

    /**
     * @param companion what passes do besides comparing
     * @param replaySteps grows while hints are replayed, by this node or to it
     */
    public PassDriver(
            NodeId self,
            Peers peers,
            Settlement settlement,
            PassMemory memory,
            PassOptions options,
            PassFigures figures,
            Clock clock,
            Scheduler scheduler,
            PassCompanion companion,
            LongSupplier replaySteps) {
        this.parts = new Parts(self, peers, settlement, options, scheduler, figures, companion);
        this.memory = memory;
        this.clock = clock;
        this.obstacles = new Obstacles(clock);
        this.replay = new ReplayWatch(replaySteps, options.replayTicksMax());
    }

    public void start() {
        parts.scheduler().after(parts.options().tickMs(), this::tick);
    }

    /** Begins nothing any more. */
    public void stop() {
        stopped = true;
    }

    private void tick() {
        if (stopped) {
            return;
        }
        start();
        obstacles.look(parts.peers().all());
        replay.tick();
        if (!running) {
            proceed();
        }
        if (!running && drives() && ++ticks % PassOptions.TICKS_PER_POLL == 0) {
            PassMemory.PassState known = memory.state();
            tellEnd(known.ended() ? known.progress() : PassProgress.NONE);
        }
    }

    /** Compares the next range, if this node is to drive and a pass is due. */
    private void proceed() {
        running = false;
        if (stopped || !drives()) {
            return;
        }
        learn();
        if (!isHurried() && replay.holdsUp()) {
            return; // a later tick goes on
        }
        if (pass.filter(this::isWorthAnother).isPresent()) {
            pass = Optional.empty();
            lastGivenUp = true;
        }
        if (pass.isPresent()) {
            compareNext(pass.get());
        } else if (isDue()) {
            running = true;
            parts.companion().begin(this::begun);
        }
    }

    /**
     * Whether a hurried pass can verify nothing any more, since a member was away, and the next one could: now all are
     * there. The next one comes to the keys behind too. It goes to its end in any case, or members that come and go
     * would keep passes from the last keys.
     */
    private boolean isWorthAnother(PassProgress current) {
        return isHurried()
                && !lastGivenUp
                && current.next().isPresent()
                && current.verified().isEmpty()
                && parts.peers().all().stream()
                        .allMatch(peer -> peer.isReachable() && peer.votingStatus() == VotingStatus.VOTING);
    }

    /** Another driver may have begun a pass in the meantime. Two at once only do work twice. */
    private void begun(long fence) {
        if (stopped) {
            return;
        }
        PassProgress begin = PassProgress.begin(memory.state().progress().number() + 1, clock.wallMs(), fence);
        pass = Optional.of(begin);
        compareNext(begin);
    }

    private void compareNext(PassProgress from) {
        running = true;
        replay.rangeBegan();
        new RangeRun(parts, from, isHurried(), this).start();
    }

    private boolean drives() {
        return parts.peers().all().stream()
                .filter(peer -> peer.isReachable() && peer.votingStatus() == VotingStatus.VOTING)
                .findFirst()
                .filter(first -> first.id().equals(parts.self()))
                .isPresent();
    }

    /** Another driver may have gone further, or ended the pass. */
    private void learn() {
        PassMemory.PassState known = memory.state();
        long number = pass.map(PassProgress::number).orElse(0L);
        if (known.progress().number() > number
                || known.ended() && known.progress().number() == number) {
            pass = known.ended() ? Optional.empty() : Optional.of(known.progress());
        }
    }

    /** An operator wants a pass now, or some member missed more than was noted. */
    private boolean isHurried() {
        return hurried || memory.isHurried();
    }

    private boolean isDue() {
        PassMemory.PassState known = memory.state();
        long restedMs = TimeUnit.NANOSECONDS.toMillis(clock.monotonicNs() - known.endedNs());
        return isHurried() || restedMs >= parts.options().pauseMs();
    }

    @Override
    public void compared(Optional<Key> end, SlotSet unverified, boolean hurries) {
        hurried = hurries;
        PassProgress before = pass.orElseThrow();
        if (end.isPresent()) {
            pass = Optional.of(before.after(end.get(), unverified));
            proceed();
        } else {
            PassProgress complete = before.complete(unverified);
            parts.companion().complete(complete, () -> finish(complete));
        }
    }

    private void finish(PassProgress complete) {
        lastGivenUp = false;
        parts.figures().passEnded();
        LOG.debug("pass {} is over: {} verified", complete.number(), complete.verified());
        pass = Optional.empty();
        tellEnd(complete);
    }

    /**
     * Tells all members how the last pass ended, and learns whether one of them was asked to hurry.
     *
     * @param complete {@link PassProgress#NONE} only to learn that
     */
    private void tellEnd(PassProgress complete) {
        running = true;
        Gathering.ask(
                parts.peers().all().stream().filter(PassPeer::isReachable).toList(),
                new PassEnd(complete),
                PassNoted.class,
                parts.scheduler(),
                parts.options().answerTimeoutMs(),
                noted -> {
                    hurried = noted.values().stream().anyMatch(PassNoted::hurries);
                    proceed();
                });
    }

    @Override
    public void abandoned() {
        running = false; // The next tick tries again.
    }

    /** Which members keep slots from being verified, for people. From any thread. */
    public List<Obstacles.Obstacle> obstacles() {
        return obstacles.now();
    }
}
