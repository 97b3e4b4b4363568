package io.quorate.coordinator.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Rejected.RejectionCause;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each replica said, and what an operation that needs so many of them is refused for. */
class MissedQuorumTest {
    @ParameterizedTest
    @CsvSource({
        "2, NO_MEMORY SILENT SILENT, NO_QUORUM",
        "2, OVERLOADED SILENT SILENT, NO_QUORUM",
        "2, DISK_FULL SILENT SILENT, NO_QUORUM",
        "2, YES NO_MEMORY SILENT, NO_MEMORY",
        "2, NO_MEMORY NO_MEMORY SILENT, NO_MEMORY",
        "2, YES OVERLOADED SILENT, OVERLOADED",
        "2, YES DISK_FULL SILENT, DISK_FULL",
        "2, YES EXPIRED SILENT, OVERLOADED",
        "1, NO_MEMORY SILENT SILENT, NO_MEMORY",
        "3, YES NO_MEMORY SILENT, NO_QUORUM",
        "3, YES YES NO_MEMORY, NO_MEMORY",
        "3, YES NO_MEMORY OVERLOADED SILENT SILENT, OVERLOADED",
        "3, NO_MEMORY OVERLOADED SILENT SILENT SILENT, NO_QUORUM",
    })
    void aCauseIsNamedIfTheReplicasThatGaveItCouldHaveMadeTheQuorum(int required, String said, RefusalReason reason) {
        assertEquals(reason, reason(required, said));
    }

    @ParameterizedTest
    @CsvSource({
        "2, UNREADABLE FILLING NO_MEMORY, NO_QUORUM",
        "2, YES UNREADABLE FILLING, NO_QUORUM",
        "2, YES REFUSED SILENT, NO_QUORUM",
    })
    void aReplicaThatCannotVoteIsAsGoodAsSilent(int required, String said, RefusalReason reason) {
        assertEquals(reason, reason(required, said));
    }

    @ParameterizedTest
    @CsvSource({
        "2, TOO_LARGE TOO_LARGE SILENT, TOO_LARGE",
        "2, TOO_LARGE TOO_LARGE NO_MEMORY, TOO_LARGE",
        "2, YES TOO_LARGE SILENT, NO_QUORUM",
        "2, TOO_LARGE NO_MEMORY SILENT, NO_MEMORY",
        "2, YES TOO_LARGE NO_MEMORY, NO_MEMORY",
        "3, YES YES TOO_LARGE, TOO_LARGE",
        "2, FENCED FENCED SILENT, FENCED",
        "1, FENCED FENCED OVERLOADED, OVERLOADED",
        "1, FENCED SILENT SILENT, NO_QUORUM",
    })
    void aCauseThatLastsIsNamedIfNoQuorumCanComeWithoutThoseReplicas(int required, String said, RefusalReason reason) {
        assertEquals(reason, reason(required, said));
    }

    @ParameterizedTest
    @CsvSource({"YES YES NO_MEMORY", "YES YES EXPIRED"})
    void beyondAQuorumNoCauseCounts(String said) {
        assertEquals(RefusalReason.NO_QUORUM, reason(2, said));
    }

    private static RefusalReason reason(int required, String said) {
        List<String> words = List.of(said.split(" "));
        int yes = (int) words.stream().filter("YES"::equals).count();
        List<RefusalReason> causes = words.stream()
                .flatMap(MissedQuorumTest::no)
                .flatMap(MissedQuorum::causes)
                .toList();
        return new MissedQuorum(words.size(), required, yes, causes).reason();
    }

    private static Stream<Reply> no(String word) {
        return switch (word) {
            case "YES", "SILENT" -> Stream.of();
            case "FENCED" -> Stream.of(new Fenced(1));
            default -> Stream.of(new Rejected(RejectionCause.valueOf(word), "why"));
        };
    }
}
