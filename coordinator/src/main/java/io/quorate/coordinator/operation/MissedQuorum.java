package io.quorate.coordinator.operation;

import io.quorate.common.wire.Message.Fenced;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Round;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A round without a quorum, and why it has none. The replicas that gave a cause have to be enough: if they had said
 * yes, there would be a quorum. Otherwise replicas that did not answer are missing too, and the reason is
 * {@link RefusalReason#NO_QUORUM}.
 *
 * @param replicas how many there are
 * @param required how many of them have to say yes
 * @param yes how many did
 * @param causes of the others, as far as they gave one
 */
record MissedQuorum(int replicas, int required, int yes, List<RefusalReason> causes) {
    /**
     * Such a cause ends only when somebody acts. So it counts only if it rules out a quorum of all other replicas. A
     * value that is too large for one replica fits once another one is back that does not answer now: the same request
     * may succeed then, so its client should send it again.
     */
    private static final List<RefusalReason> LASTING = List.of(RefusalReason.FENCED, RefusalReason.TOO_LARGE);

    /** Of several causes, the first one is named. */
    private static final List<RefusalReason> PASSING =
            List.of(RefusalReason.DISK_FULL, RefusalReason.OVERLOADED, RefusalReason.NO_MEMORY);

    static MissedQuorum of(int replicas, Round round) {
        List<RefusalReason> causes = round.exchanges().stream()
                .map(Exchange::reply)
                .flatMap(reply -> reply.stream().flatMap(MissedQuorum::causes))
                .toList();
        return new MissedQuorum(replicas, round.required(), round.acks(), causes);
    }

    RefusalReason reason() {
        for (RefusalReason lasting : LASTING) {
            if (Collections.frequency(causes, lasting) > replicas - required) {
                return lasting;
            }
        }
        boolean isQuorumOfCauses = yes < required && yes + causes.size() >= required;
        return PASSING.stream()
                .filter(passing -> isQuorumOfCauses && causes.contains(passing))
                .findFirst()
                .orElse(RefusalReason.NO_QUORUM);
    }

    /** One, or none. */
    static Stream<RefusalReason> causes(Reply reply) {
        Stream<RefusalReason> ofFence =
                Stream.of(reply).filter(Fenced.class::isInstance).map(fenced -> RefusalReason.FENCED);
        Stream<RefusalReason> ofRejection = Stream.of(reply)
                .filter(Rejected.class::isInstance)
                .flatMap(rejected -> causes(((Rejected) rejected).cause()));
        return Stream.concat(ofFence, ofRejection);
    }

    private static Stream<RefusalReason> causes(Rejected.RejectionCause cause) {
        return switch (cause) {
            case DISK_FULL -> Stream.of(RefusalReason.DISK_FULL);
            // A request expires where too many others were before it.
            case OVERLOADED, EXPIRED -> Stream.of(RefusalReason.OVERLOADED);
            case NO_MEMORY -> Stream.of(RefusalReason.NO_MEMORY);
            case TOO_LARGE -> Stream.of(RefusalReason.TOO_LARGE);
            case REFUSED, UNREADABLE, FILLING, IMPOSSIBLE_NUMBER -> Stream.of();
        };
    }
}
