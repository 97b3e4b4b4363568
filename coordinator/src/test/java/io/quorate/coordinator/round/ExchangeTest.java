package io.quorate.coordinator.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Ballot;
import io.quorate.common.wire.Message.Abstained;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Deleted;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Fetched;
import io.quorate.common.wire.Message.ForgettingDone;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.Lacks;
import io.quorate.common.wire.Message.Listed;
import io.quorate.common.wire.Message.MembersAgreed;
import io.quorate.common.wire.Message.No;
import io.quorate.common.wire.Message.Noted;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.PassNoted;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Raised;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.ReplicaStatus;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.RequestStatusReply;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.Message.Yes;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of reply is a yes or a no by decision, and not by omission. */
class ExchangeTest {
    private static final Set<Class<?>> YES = Set.of(
            Pong.class,
            RecordReply.class,
            VersionReply.class,
            Stored.class,
            Promise.class,
            Accepted.class,
            RequestStatusReply.class,
            ScanReply.class,
            Lacks.class,
            Noted.class,
            Digests.class,
            Listed.class,
            Fetched.class,
            PassNoted.class,
            MembersAgreed.class,
            ForgettingNumbers.class,
            Raised.class,
            Deleted.class,
            Confirmed.class,
            ForgettingDone.class,
            ReplicaStatus.class);

    static Stream<Reply> noes() {
        return Stream.of(
                new Rejected(Rejected.RejectionCause.OVERLOADED, ""),
                new Preempted(Ballot.ZERO),
                new Fenced(1),
                new Outdated(1),
                new Abstained(""));
    }

    @Test
    void everyKindOfReplyIsDecidedAbout() {
        Set<Class<?>> decided = noes().map(Object::getClass).collect(Collectors.toSet());
        decided.addAll(YES);
        assertEquals(records(Reply.class).collect(Collectors.toSet()), decided);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ExchangeTest::records)
                : Stream.of(type);
    }

    @Test
    void theTypeOfAReplyDecidesToo() {
        YES.forEach(type -> assertTrue(Yes.class.isAssignableFrom(type), type::toString));
        noes().forEach(no -> assertInstanceOf(No.class, no));
    }

    @ParameterizedTest
    @MethodSource("noes")
    void aNoIsRejectedInTheEvidence(Reply no) {
        Exchange exchange = new Exchange(null, 0);
        exchange.replied(no, 1);
        assertEquals(ReplicaAnswer.REJECTED, exchange.answer());
    }

    /** An abstaining replica has stored the record all the same. */
    @ParameterizedTest
    @MethodSource("noes")
    void ofThoseThatSayNoOnlyOneThatAbstainsMayHaveHadTheEffect(Reply no) {
        Exchange exchange = new Exchange(null, 0);
        exchange.replied(no, 1);
        assertEquals(no instanceof Abstained, exchange.mayHaveHadEffect());
    }

    @Test
    void aReplyOfTheAskedKindIsAYes() {
        Exchange exchange = new Exchange(null, 0);
        exchange.replied(new Stored(), 1);
        assertEquals(ReplicaAnswer.OK, exchange.answer());
    }
}
