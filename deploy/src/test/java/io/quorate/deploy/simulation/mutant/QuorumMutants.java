package io.quorate.deploy.simulation.mutant;

import static io.quorate.deploy.simulation.mutant.Mutant.besides;

import io.quorate.coordinator.operation.register.WriteOperation;
import io.quorate.coordinator.replica.tcp.Conversation;
import io.quorate.coordinator.round.Exchange;
import io.quorate.deploy.simulation.schedule.AbstentionBeforeYes;
import io.quorate.deploy.simulation.schedule.AcceptedByOneThatIsGone;
import io.quorate.deploy.simulation.schedule.WriteAfterProposalFromTheFuture;
import io.quorate.deploy.simulation.schedule.WriteBesideEmptiedReplica;
import java.util.List;

/** Rounds that are missing, and answers that are counted wrongly. */
final class QuorumMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a write of one round",
                            WriteOperation.class,
                            "if (level() == ConsistencyLevel.ONE) {",
                            "if (level() != ConsistencyLevel.ONE) {")
                    .breaks("I8"),
            Mutant.of(
                            "a write's timestamp ignores accepted proposals",
                            WriteOperation.class,
                            "round.newestOrAccepted()",
                            "round.newest()")
                    .shownBy(WriteAfterProposalFromTheFuture.class)
                    .breaks("I8"),
            Mutant.of(
                            "a replica that is being filled counts",
                            Exchange.class,
                            "return reply != null && reply.isYes();",
                            "return reply != null && !reply.isWithoutEffect();")
                    .shownBy(WriteBesideEmptiedReplica.class)
                    .breaks("I10"),
            Mutant.of(
                            "a yes covers up an abstention before it",
                            besides(Exchange.class, "AnswerBundle"),
                            "|| reply.isYes() || ",
                            "|| !reply.isWithoutEffect() || ")
                    .shownBy(AbstentionBeforeYes.class)
                    .breaks("I10"),
            Mutant.of(
                            "a lost request counts as one without effect",
                            Exchange.class,
                            "return failure != Failure.NOT_SENT &&",
                            "return failure == null &&")
                    .shownBy(AcceptedByOneThatIsGone.class)
                    .breaks("I1"),
            Mutant.of(
                            "a request that is lost with its connection is reported as never sent",
                            Conversation.class,
                            "request.answers().failed(request.index(), Failure.LOST)));",
                            "request.answers().failed(request.index(), Failure.NOT_SENT)));")
                    .shownBy(AcceptedByOneThatIsGone.class)
                    .breaks("I1"));

    private QuorumMutants() {}
}
