package io.quorate.coordinator.replica.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quorate.common.wire.Message.RegisterReply;
import io.quorate.coordinator.replica.IgnoredAnswers;
import io.quorate.coordinator.replica.tcp.PendingRequests.PendingRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
    private final PendingRequests pending = new PendingRequests();
    private final PendingRequest first = request(1);
    private final PendingRequest second = request(2);

    @Test
    void aReplyFindsItsRequestOnce() {
        long correlation = pending.add(first);
        long another = pending.add(second);
        assertNotEquals(correlation, another);
        assertEquals(Optional.of(first), pending.remove(correlation));
        assertEquals(Optional.empty(), pending.remove(correlation));
        assertEquals(Optional.of(second), pending.remove(another));
        assertEquals(List.of(), pending.removeAll());
    }

    @Test
    void aReplyThatComesAfterTheRequestsWereLostFindsNone() {
        long correlation = pending.add(first);
        pending.add(second);
        assertEquals(List.of(first, second), pending.removeAll());
        assertEquals(List.of(), pending.removeAll());
        assertEquals(Optional.empty(), pending.remove(correlation));
    }

    @Test
    void anIdIsNeverUsedAgain() {
        long lost = pending.add(first);
        pending.removeAll();
        assertNotEquals(lost, pending.add(second));
    }

    private static PendingRequest request(int index) {
        return new PendingRequest(index, IgnoredAnswers.INSTANCE, 0, RegisterReply.class, Optional.empty());
    }
}
