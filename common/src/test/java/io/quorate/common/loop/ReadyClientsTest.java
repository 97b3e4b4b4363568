package io.quorate.common.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.loop.ReadyClients.AddressQueue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadyClientsTest {
    private final ReadyClients<String> ready = new ReadyClients<>();
    private final AddressQueue<String> first = new AddressQueue<>();
    private final AddressQueue<String> second = new AddressQueue<>();

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private List<String> next(int count, long nowMs) {
        return IntStream.range(0, count)
                .mapToObj(any -> ready.next(ns(nowMs)).orElseThrow())
                .toList();
    }

    @Test
    void theOldestIsNextWhileNoneWaitsForLong() {
        ready.add(first, "a", ns(0));
        ready.add(first, "b", ns(1));
        assertEquals(List.of("a", "b"), next(2, ReadyClients.CALM_MS - 1));
        assertEquals(Optional.empty(), ready.next(ns(30)));
    }

    @Test
    void theNewestIsNextOnceTheQueueLasts() {
        ready.add(first, "a", ns(0));
        ready.add(first, "b", ns(1));
        ready.add(first, "c", ns(2));
        assertEquals(List.of("c", "b", "a"), next(3, ReadyClients.CALM_MS));
    }

    @Test
    void theAddressesTakeTurnsHoweverManyConnectionsOneHas() {
        for (int i = 0; i < 1_000; i++) {
            ready.add(first, "greedy" + i, ns(0));
        }
        ready.add(second, "polite", ns(1));
        assertEquals(List.of("greedy0", "polite", "greedy1"), next(3, 2));
        assertEquals(998, ready.size());
    }

    @Test
    void onlyThoseThatWaitForTooLongAreLate() {
        ready.add(first, "a", ns(0));
        ready.add(first, "b", ns(1));
        ready.add(second, "c", ns(0));
        assertEquals(Optional.empty(), ready.nextLate(ns(ReadyClients.LATE_MS - 1)));
        assertEquals(Optional.of("a"), ready.nextLate(ns(ReadyClients.LATE_MS)));
        assertEquals(Optional.of("c"), ready.nextLate(ns(ReadyClients.LATE_MS)));
        assertEquals(Optional.empty(), ready.nextLate(ns(ReadyClients.LATE_MS)));
        assertEquals(1, ready.size());
    }

    @Test
    void anAddressWhoseQueueWasEmptyHasItsTurnAfterTheOthers() {
        ready.add(first, "a", ns(0));
        assertEquals(List.of("a"), next(1, 1));
        ready.add(second, "b", ns(1));
        ready.add(first, "c", ns(1));
        assertEquals(List.of("b", "c"), next(2, 2));
        assertEquals(0, ready.size());
    }
}
