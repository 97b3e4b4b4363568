package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.Message.Yes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private static final Class<? extends Yes> REGISTER = new Query(Key.of("k"), true).yes();
    private static final RecordReply FULL = new RecordReply(Record.NEVER_WRITTEN);
    private static final VersionReply BRIEF = VersionReply.of(Record.NEVER_WRITTEN, Optional.empty());

    @Test
    void aYesBelongsToOneTypeOfRequest() {
        assertTrue(FULL.answers(REGISTER));
        assertTrue(BRIEF.answers(REGISTER));
        assertFalse(new Stored().answers(REGISTER));
        assertTrue(new Stored().answers(new StoreRequest(Key.of("k"), Record.NEVER_WRITTEN).yes()));
    }

    @Test
    void aNoBelongsToAnyRequest() {
        for (Reply no : List.of(
                new Rejected(Rejected.RejectionCause.OVERLOADED, ""), new Preempted(Ballot.ZERO), new Abstained(""))) {
            assertTrue(no.answers(REGISTER));
            assertFalse(no.isYes());
            assertEquals(!(no instanceof Abstained), no.isWithoutEffect());
        }
    }

    @Test
    void bothRepliesToAQueryShowTheRegister() {
        assertEquals(Optional.of(FULL), FULL.register());
        assertEquals(Optional.of(BRIEF), BRIEF.register());
        assertEquals(Optional.empty(), new Stored().register());
    }
}
