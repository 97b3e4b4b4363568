package io.quorate.node.convergence.antientropy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySettlementTest {
    private final Queue<Runnable> inFlight = new ArrayDeque<>();
    private final List<String> ended = new ArrayList<>();
    private boolean clientsWait;

    private final Settlement settlement = new Settlement() {
        @Override
        public void settle(Key key, Runnable settled) {
            inFlight.add(settled);
        }

        @Override
        public boolean clientsWait() {
            return clientsWait;
        }
    };

    @Test
    void fewerKeysAreSettledAtOnceWhileClientsWait() {
        start(200);
        assertEquals(PassOptions.SETTLED_AT_ONCE, inFlight.size());
        clientsWait = true;
        finish(100);
        assertEquals(PassOptions.SETTLED_BESIDE_CLIENTS, inFlight.size());
        clientsWait = false;
        finish(1);
        assertEquals(PassOptions.SETTLED_AT_ONCE, inFlight.size());
    }

    @Test
    void allKeysAreSettledAlsoIfClientsAlwaysWait() {
        clientsWait = true;
        start(200);
        finish(199);
        assertEquals(List.of(), ended);
        finish(1);
        assertEquals(List.of("all"), ended);
    }

    private void start(int keys) {
        List<Key> open = IntStream.range(0, keys)
                .mapToObj(number -> Key.of("k" + number))
                .toList();
        new KeySettlement(settlement, open, () -> ended.add("all")).start();
    }

    private void finish(int keys) {
        for (int i = 0; i < keys; i++) {
            inFlight.remove().run();
        }
    }
}
