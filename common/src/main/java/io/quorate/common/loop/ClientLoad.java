package io.quorate.common.loop;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many requests of clients wait to be read, and how many were refused, on all event loops of a process. */
public final class ClientLoad {
    private final LongAdder waiting = new LongAdder();
    private final Map<ShedReason, Map<RequestClass, LongAdder>> refused = new EnumMap<>(ShedReason.class);

    public ClientLoad() {
        for (ShedReason why : ShedReason.values()) {
            Map<RequestClass, LongAdder> byClass = new EnumMap<>(RequestClass.class);
            for (RequestClass each : RequestClass.values()) {
                byClass.put(each, new LongAdder());
            }
            refused.put(why, byClass);
        }
    }

    void waits() {
        waiting.increment();
    }

    void waitsNoLonger() {
        waiting.decrement();
    }

    /** A request was refused before anything of it was done. */
    public void refused(ShedReason why, RequestClass of) {
        refused.get(why).get(of).increment();
    }

    /** The connections that have sent something and were not read since. */
    public long waitingNow() {
        return waiting.sum();
    }

    public long refusedEver(ShedReason why, RequestClass of) {
        return refused.get(why).get(of).sum();
    }
}
