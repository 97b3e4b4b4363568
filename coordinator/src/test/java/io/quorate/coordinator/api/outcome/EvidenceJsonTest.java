package io.quorate.coordinator.api.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Ballot;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import org.junit.jupiter.api.Test;

class EvidenceJsonTest {
    /** The console takes an answer for a no by how it begins. */
    @Test
    void whoWasPreemptedDidNotSayYes() {
        String answer = EvidenceJson.answer(new Preempted(new Ballot(1, 2, 3)));
        assertTrue(answer.startsWith("preempted: "), answer);
    }

    @Test
    void aRejectionSaysWhy() {
        assertEquals("rejected: no room", EvidenceJson.answer(new Rejected(RejectionCause.DISK_FULL, "no room")));
    }

    @Test
    void whateverElseIsAYes() {
        assertEquals("ok", EvidenceJson.answer(new Accepted()));
    }
}
