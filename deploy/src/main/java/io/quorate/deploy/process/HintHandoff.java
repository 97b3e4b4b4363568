package io.quorate.deploy.process;

import io.quorate.common.link.Mailbox;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Scheduler;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.node.convergence.handoff.HeldRegisters;
import io.quorate.node.convergence.handoff.HintReplay;
import io.quorate.node.convergence.handoff.Hints;
import io.quorate.node.convergence.handoff.ReplayParts;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hinted handoff of a node: it replays the hints on one of the event loops, with the clients of that loop. Safe for use
 * by several threads.
 */
final class HintHandoff {
    private final Hints hints;
    private final HeldRegisters registers;
    private final MemberIds members;
    private final NodeId self;
    private final Executor readers;
    private final AtomicBoolean started = new AtomicBoolean();

    HintHandoff(Hints hints, HeldRegisters registers, MemberIds members, NodeId self, Executor readers) {
        this.hints = hints;
        this.registers = registers;
        this.members = members;
        this.self = self;
        this.readers = readers;
    }

    /** Starts on this event loop, unless another one was first. */
    void startOn(Context loop, List<ReplicaClient> clients) {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        List<HintReceiver> targets = clients.stream()
                .filter(client -> !client.isLocal())
                .map(client -> new HintReceiver(members.ids().indexOf(client.id()), client))
                .toList();
        ReplayParts parts =
                new ReplayParts(SystemClock.INSTANCE, timersOf(loop.owner()), new Mailbox(loop)::post, readers);
        new HintReplay(hints, registers, members.ids().indexOf(self), targets, parts).start();
    }

    /** Timers of Vert.x: the wheel of the operations would turn all the time. */
    private static Scheduler timersOf(Vertx vertx) {
        return (delayMs, action) -> {
            long timer = vertx.setTimer(Math.max(1, delayMs), fired -> action.run());
            return () -> vertx.cancelTimer(timer);
        };
    }
}
