package io.quorate.coordinator.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AckTrackerTest {
    /** Answers are letters: {@code a0} is a yes of replica 0, {@code r2} a no of replica 2. */
    @ParameterizedTest(name = "{2} of {0} with {1} required is {3}")
    @CsvSource({
        "1, 1, '', PENDING",
        "1, 1, a0, REACHED",
        "1, 1, r0, MISSED",
        "3, 2, a0, PENDING",
        "3, 2, a0 a1, REACHED",
        "3, 2, a0 r1, PENDING",
        "3, 2, a0 r1 a2, REACHED",
        "3, 2, r0 r1, MISSED",
        "3, 2, a0 a0, PENDING",
        "3, 2, r0 r0, PENDING",
        "3, 2, a0 r0, PENDING",
        "3, 2, r0 a0 a1, PENDING",
        "3, 3, a0 a1, PENDING",
        "3, 3, a0 a1 r2, MISSED",
        "3, 1, r0 r1, PENDING",
        "3, 1, r0 r1 a2, REACHED",
        "5, 3, a0 a1 r2 r3, PENDING",
        "5, 3, a0 a1 r2 r3 a4, REACHED",
        "5, 3, r0 r1 r2, MISSED",
        "3, 0, '', REACHED",
    })
    void decides(int replicas, int required, String answers, Decision decision) {
        AckTracker tracker = new AckTracker(replicas, required);
        for (String answer : answers.isEmpty() ? new String[0] : answers.split(" ")) {
            int replica = answer.charAt(1) - '0';
            if (answer.charAt(0) == 'a') {
                tracker.ack(replica);
            } else {
                tracker.refuse(replica);
            }
        }
        assertEquals(decision, tracker.decision());
    }

    @Test
    void aReplicaOutsideTheGroupIsRefused() {
        AckTracker tracker = new AckTracker(3, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> tracker.ack(3));
        assertThrows(IndexOutOfBoundsException.class, () -> tracker.refuse(-1));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2", "4, 3", "5, 3", "7, 4"})
    void anyTwoMajoritiesMeet(int replicas, int majority) {
        assertEquals(majority, new QuorumSizes(replicas).majority());
        assertEquals(replicas - majority, new QuorumSizes(replicas).canLose(replicas));
    }
}
