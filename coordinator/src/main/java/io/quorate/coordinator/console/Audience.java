package io.quorate.coordinator.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The browsers that watch this process, on all its event loops. Safe for use by several threads. */
final class Audience {
    /** Further browsers have to watch through another node. */
    static final int STREAMS_MAX = 64;

    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger watching = new AtomicInteger();
    private final List<Consumer<WatchedEvent>> loops = new CopyOnWriteArrayList<>();

    /** @param publisher sends an event to the browsers of one event loop. Any thread may call it */
    void addLoop(Consumer<WatchedEvent> publisher) {
        loops.add(publisher);
    }

    /** Sends an event to every browser. */
    void publish(WatchedEvent event) {
        loops.forEach(loop -> loop.accept(event));
    }

    boolean isWatching() {
        return watching.get() > 0;
    }

    /** Counts a browser that has connected and watches. False if there are enough connections. */
    boolean join() {
        if (connected.getAndIncrement() >= STREAMS_MAX) {
            connected.decrementAndGet();
            return false;
        }
        watching.incrementAndGet();
        return true;
    }

    /** A browser that joined reads no more events. Its connection may still be open. */
    void stopWatching() {
        watching.decrementAndGet();
    }

    /** The connection of a browser that joined is closed. */
    void disconnect() {
        connected.decrementAndGet();
    }
}
