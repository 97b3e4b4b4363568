package io.quorate.node.convergence;

import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.common.time.Scheduler;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Sends the registers that other members missed, as soon as these are back. Owned by one event loop, which waits for no
 * disk.
 *
 * <p>Each replica that keeps hints for a member does this. One of two goes through the keys upwards and the other one
 * downwards. Where they meet, the rest is not lacking any more.
 */
public final class HintReplay {
    /** How often to look whether a member is back. */
    static final long LOOK_MS = 250;

    private final Scheduler scheduler;
    private final List<TargetReplay> replays;

    /**
     * What a replay works with.
     *
     * @param scheduler of the event loop
     * @param loop runs something on the event loop, from any thread
     * @param readers for what may block on the disk
     */
    public record ReplayParts(Clock clock, Scheduler scheduler, Executor loop, Executor readers) {}

    /** @param self the place of this member in the order of names */
    public HintReplay(
            Hints hints, HeldRegisters registers, int self, List<? extends HintTarget> targets, ReplayParts parts) {
        this.scheduler = parts.scheduler();
        this.replays = targets.stream()
                .map(target -> new TargetReplay(hints, registers, self, target, parts))
                .toList();
    }

    /** Looks from now on. To be called on the event loop. */
    public void start() {
        scheduler.after(LOOK_MS, () -> {
            replays.forEach(replay -> Defects.contain(replay::look));
            start();
        });
    }
}
