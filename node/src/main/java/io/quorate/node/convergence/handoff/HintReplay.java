package io.quorate.node.convergence.handoff;

import io.quorate.common.thread.Defects;
import io.quorate.common.time.Scheduler;
import java.util.List;

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
