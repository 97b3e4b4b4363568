package io.quorate.common.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceptedQueueTest {
    private final AcceptedQueue<String> queue = new AcceptedQueue<>();

    private static InetAddress address(int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        for (Optional<String> next = queue.next(); next.isPresent(); next = queue.next()) {
            rest.add(next.get());
        }
        return rest;
    }

    @Test
    void theAddressesTakeTurnsAndEachHasItsOwnOrder() throws Exception {
        for (int i = 1; i <= 4; i++) {
            queue.add(address(1), "greedy" + i);
        }
        queue.add(address(2), "polite1");
        queue.add(address(2), "polite2");
        assertEquals(6, queue.size());
        assertEquals(List.of("greedy1", "polite1", "greedy2", "polite2", "greedy3", "greedy4"), rest());
        assertEquals(0, queue.size());
    }

    @Test
    void anAddressThatComesLaterDoesNotWaitForAllThatCameBefore() throws Exception {
        for (int i = 1; i <= 4; i++) {
            queue.add(address(1), "greedy" + i);
        }
        queue.next();
        queue.add(address(2), "polite");
        assertEquals(List.of("greedy2", "polite", "greedy3", "greedy4"), rest());
    }
}
