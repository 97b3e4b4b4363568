package io.quorate.coordinator.api.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.coordinator.api.connection.ConnectionProgress.Stall;
import io.quorate.coordinator.api.connection.ConnectionProgress.State;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionProgressTest {
    private final ConnectionProgress progress = new ConnectionProgress(0);

    private Stall at(long ms, State state, long bytes) {
        return progress.observe(state, bytes, TimeUnit.MILLISECONDS.toNanos(ms));
    }

    @Test
    void aConnectionThatSendsNoHeadEnds() {
        assertEquals(Stall.NONE, at(19_999, State.FRESH, 0));
        assertEquals(Stall.NO_HEAD, at(20_000, State.FRESH, 0));
    }

    @Test
    void anIdleConnectionEndsLater() {
        assertEquals(Stall.NONE, at(1_000, State.IDLE, 0));
        assertEquals(Stall.NONE, at(120_999, State.IDLE, 0));
        assertEquals(Stall.IDLE, at(121_000, State.IDLE, 0));
    }

    @Test
    void aRequestStartsTheIdleTimeAnew() {
        at(1_000, State.IDLE, 0);
        at(100_000, State.WAITING, 0);
        at(101_000, State.IDLE, 0);
        assertEquals(Stall.NONE, at(200_000, State.IDLE, 0));
        assertEquals(Stall.IDLE, at(221_000, State.IDLE, 0));
    }

    @Test
    void aBodyThatStopsOneByteShortEnds() {
        assertEquals(Stall.NONE, at(1_000, State.SENDING, 1 << 20));
        assertEquals(Stall.NONE, at(10_999, State.SENDING, 1 << 20));
        assertEquals(Stall.SLOW_BODY, at(11_000, State.SENDING, 1 << 20));
    }

    @Test
    void aBodyThatTricklesEnds() {
        at(0, State.SENDING, 0);
        for (int s = 1; s < 10; s++) {
            assertEquals(Stall.NONE, at(s * 1_000, State.SENDING, s * 100));
        }
        assertEquals(Stall.SLOW_BODY, at(10_000, State.SENDING, 1_000));
    }

    @Test
    void aSlowBodyGoesOn() {
        at(0, State.SENDING, 0);
        for (int s = 1; s < 1_000; s++) {
            assertEquals(Stall.NONE, at(s * 1_000, State.SENDING, s * 500));
        }
    }

    @Test
    void anAnswerThatNobodyReadsEnds() {
        at(0, State.READING, 5);
        assertEquals(Stall.NONE, at(59_999, State.READING, 5));
        assertEquals(Stall.UNREAD, at(60_000, State.READING, 5));
    }

    @Test
    void anAnswerThatIsReadSlowlyGoesOn() {
        for (int s = 0; s < 1_000; s += 50) {
            assertEquals(Stall.NONE, at(s * 1_000, State.READING, s + 1));
        }
    }

    @Test
    void anAnswerMayTakeLong() {
        at(0, State.WAITING, 0);
        assertEquals(Stall.NONE, at(3_600_000, State.WAITING, 0));
    }

    @Test
    void theNextBodyHasItsOwnTime() {
        at(1_000, State.SENDING, 1 << 20);
        assertEquals(Stall.NONE, at(11_000, State.SENDING, 10));
    }
}
