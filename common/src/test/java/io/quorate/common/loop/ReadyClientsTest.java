package io.quorate.common.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.loop.ReadyClients.AddressQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadyClientsTest {
    private static final int LIMIT = 32;

    private final ReadyClients<String> ready = new ReadyClients<>();
    private long turn;
    private final AddressQueue<String> first = ready.newQueue();
    private final AddressQueue<String> second = ready.newQueue();

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private List<String> next(int count, long nowMs) {
        return IntStream.range(0, count)
                .mapToObj(any -> ready.next(LIMIT, ns(nowMs)).orElseThrow())
                .toList();
    }

    @Test
    void theOldestIsNextWhileNoneWaitsForLong() {
        ready.add(first, "a", ns(0));
        ready.add(first, "b", ns(1));
        assertEquals(List.of("a", "b"), next(2, ReadyClients.CALM_MS - 1));
        assertEquals(Optional.empty(), ready.next(LIMIT, ns(30)));
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

    /** A node that finishes what it began, one operation after the other, and begins what is next meanwhile. */
    private final class BusyNode {
        private final Deque<AddressQueue<String>> inFlight = new ArrayDeque<>();
        private final Map<String, AddressQueue<String>> addresses = new HashMap<>();

        void send(String address, int requests) {
            AddressQueue<String> queue = addresses.computeIfAbsent(address, any -> ready.newQueue());
            for (int i = 0; i < requests; i++) {
                ready.add(queue, address, ns(0));
            }
        }

        void begin() {
            while (inFlight.size() < LIMIT && ready.size() > 0) {
                AddressQueue<String> address =
                        addresses.get(ready.next(LIMIT, ns(0)).orElseThrow());
                address.began(1);
                inFlight.add(address);
            }
        }

        void finish(int operations) {
            for (int i = 0; i < operations; i++) {
                inFlight.remove().ended(1);
            }
        }

        int inFlightOf(String address) {
            return addresses.get(address).inFlight();
        }
    }

    @Test
    void anAddressAloneTakesAllOfTheLimit() {
        BusyNode node = new BusyNode();
        node.send("greedy", 1_000);
        node.begin();
        assertEquals(LIMIT, node.inFlightOf("greedy"));
    }

    @Test
    void aPoliteClientIsNextBesideAGreedyOneWithManyConnections() {
        BusyNode node = new BusyNode();
        node.send("greedy", 1_000);
        node.begin();
        for (int i = 0; i < 100; i++) {
            node.send("polite", 1);
            node.finish(1);
            node.begin();
            assertEquals(1, node.inFlightOf("polite"), "round " + i);
            node.inFlight.remove(node.addresses.get("polite"));
            node.addresses.get("polite").ended(1);
        }
    }

    @Test
    void anAddressTakesNoMoreThanAQuarterWhileOthersWait() {
        BusyNode node = new BusyNode();
        node.send("greedy", 1_000);
        node.begin();
        for (String other : List.of("a", "b", "c", "d")) {
            node.send(other, 100);
        }
        for (int i = 0; i < 3 * LIMIT; i++) {
            node.finish(1);
            node.begin();
        }
        assertTrue(node.inFlightOf("greedy") <= LIMIT / Asker.FAIR_PART, () -> "" + node.inFlightOf("greedy"));
        assertEquals(LIMIT, node.inFlight.size());
    }

    @Test
    void theLimitIsUsedEvenIfAllThatWaitHaveAQuarter() {
        BusyNode node = new BusyNode();
        node.send("one", 1_000);
        node.send("other", 1_000);
        node.begin();
        assertEquals(LIMIT / 2, node.inFlightOf("one"));
        assertEquals(LIMIT / 2, node.inFlightOf("other"));
    }

    @Test
    void anAddressWithLessThanItsEvenPartGoesOnBeyondTheLimit() {
        BusyNode node = new BusyNode();
        node.send("greedy", 1_000);
        node.begin();
        node.send("polite", 3);
        assertEquals(Optional.of("polite"), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)));
        node.addresses.get("polite").began(LIMIT / 2 - 1);
        assertEquals(Optional.of("polite"), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)));
        node.addresses.get("polite").began(1);
        assertEquals(Optional.empty(), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)), "both have half, or more");
        node.addresses.get("polite").ended(1);
        assertEquals(Optional.of("polite"), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)));
        assertEquals(
                Optional.empty(), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)), "nothing of polite waits any more");
    }

    @Test
    void theEvenPartIsOfThoseThatHaveSomethingInFlight() {
        for (AddressQueue<String> each : List.of(first, second, ready.newQueue(), ready.newQueue())) {
            each.began(LIMIT / 4);
        }
        ready.add(first, "a", ns(0));
        assertEquals(Optional.empty(), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)));
        second.ended(LIMIT / 4);
        assertEquals(Optional.of("a"), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)), "a third is more than a quarter");
    }

    @Test
    void manyAddressesHaveOnePlaceEach() {
        List<AddressQueue<String>> addresses =
                IntStream.range(0, 2 * LIMIT).mapToObj(any -> ready.newQueue()).toList();
        for (AddressQueue<String> each : addresses) {
            ready.add(each, "first", ns(0));
            ready.add(each, "second", ns(0));
        }
        for (int i = 0; i < addresses.size(); i++) {
            assertEquals(Optional.of("first"), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)));
            addresses.get(i).began(1);
        }
        assertEquals(Optional.empty(), ready.nextBelowEvenPart(LIMIT, ++turn, ns(0)));
    }

    /** Some requests begin no operation, so that nothing is in flight for them. */
    @Test
    void anAddressIsReadOnceInATurnBeyondTheLimit() {
        ready.add(first, "a", ns(0));
        ready.add(first, "b", ns(0));
        ready.add(second, "c", ns(0));
        assertEquals(Optional.of("a"), ready.nextBelowEvenPart(LIMIT, 1, ns(0)));
        assertEquals(Optional.of("c"), ready.nextBelowEvenPart(LIMIT, 1, ns(0)));
        assertEquals(Optional.empty(), ready.nextBelowEvenPart(LIMIT, 1, ns(0)));
        assertEquals(Optional.of("b"), ready.nextBelowEvenPart(LIMIT, 2, ns(0)));
    }
}
