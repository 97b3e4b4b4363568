package io.quorate.node.convergence.antientropy;

import io.quorate.common.time.Scheduler;
import io.quorate.common.time.Scheduler.Timer;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One request to several members. It ends when all have answered, or their time is up. For one event loop. */
public final class Gathering<T extends Reply> {
    private final List<PassPeer> asked;
    private final Class<T> type;
    private final Consumer<Map<PassPeer, T>> listener;
    private final Map<PassPeer, T> replies = new HashMap<>();
    private int open;
    private boolean ended;
    private Optional<Timer> timeout = Optional.empty();

    private Gathering(Collection<PassPeer> asked, Class<T> type, Consumer<Map<PassPeer, T>> listener) {
        this.asked = List.copyOf(asked);
        this.type = type;
        this.listener = listener;
    }

    /** @param listener receives the replies of this type, in the order of {@code asked}, never inside this call */
    public static <T extends Reply> void ask(
            Collection<PassPeer> asked,
            Request request,
            Class<T> type,
            Scheduler scheduler,
            long timeoutMs,
            Consumer<Map<PassPeer, T>> listener) {
        Gathering<T> gathering = new Gathering<>(asked, type, listener);
        gathering.open = gathering.asked.size();
        gathering.timeout = Optional.of(scheduler.after(gathering.open == 0 ? 0 : timeoutMs, gathering::end));
        gathering.asked.forEach(peer -> peer.ask(request, reply -> gathering.answered(peer, reply)));
    }

    private void answered(PassPeer peer, Optional<Reply> reply) {
        reply.filter(type::isInstance).map(type::cast).ifPresent(each -> replies.put(peer, each));
        if (--open == 0) {
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            timeout.ifPresent(Timer::cancel);
            Map<PassPeer, T> inOrder = new LinkedHashMap<>();
            for (PassPeer peer : asked) {
                if (replies.containsKey(peer)) {
                    inOrder.put(peer, replies.get(peer));
                }
            }
            listener.accept(inOrder);
        }
    }
}
