package io.quorate.deploy.simulation.mutant;

import static io.quorate.deploy.simulation.mutant.Mutant.besides;

import io.quorate.common.model.request.RequestTrace;
import io.quorate.coordinator.operation.consensus.ConsensusWriteOperation;
import io.quorate.coordinator.operation.idempotency.IdempotentWriteOperation;
import io.quorate.coordinator.operation.idempotency.RequestStatusOperation;
import io.quorate.deploy.simulation.schedule.AcceptedByOneThatIsGone;
import io.quorate.deploy.simulation.schedule.ForgottenVote;
import io.quorate.deploy.simulation.schedule.KeyReusedAfterAcceptance;
import io.quorate.deploy.simulation.schedule.KeyReusedAfterRetention;
import io.quorate.deploy.simulation.schedule.RequestAcceptedAtPowerLoss;
import io.quorate.deploy.simulation.schedule.RetryWithoutOneVoter;
import io.quorate.deploy.simulation.schedule.SupersededProposal;
import io.quorate.node.replica.consensus.AcceptHandler;
import io.quorate.node.replica.state.RequestEntries;
import java.util.List;

/** Writes with idempotency keys that take effect twice, or that end as something else than they did. */
final class IdempotencyMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                            "a retry judges afresh although there is a trace",
                            IdempotentWriteOperation.class,
                            "return idempotent.request();",
                            "return RequestId.NONE;")
                    .breaks("I9"),
            Mutant.of(
                            "a majority that shows nothing proves that nothing was accepted",
                            ConsensusWriteOperation.class,
                            "given.size() == replicas.size()",
                            "given.size() >= majority")
                    .shownBy(AcceptedByOneThatIsGone.class)
                    .breaks("I1"),
            Mutant.of(
                            "a reused key ends as refused although the write may be accepted",
                            IdempotentWriteOperation.class,
                            "finish(withoutResult(RefusalReason.KEY_REUSED));",
                            "finish(new Outcome.Refused(RefusalReason.KEY_REUSED, evidence));")
                    .shownBy(KeyReusedAfterAcceptance.class)
                    .breaks("I1"),
            Mutant.of(
                            "a refusal is reported before a majority has accepted it",
                            IdempotentWriteOperation.class,
                            "        acceptRefusal(promises, fresh, ",
                            "        answer(fresh, ")
                    .breaks("I9"),
            Mutant.of(
                            "a trace is written after the record that it is about, and not with it",
                            AcceptHandler.class,
                            "batch.add(RequestEntries.voted(record.request(), state.trace(), vote));",
                            """
                            List<Write> trace = List.of(RequestEntries.voted(record.request(), state.trace(), vote));
                            transaction.write(batch, () -> {
                                transaction.end(ACCEPTED);
                                transaction.write(trace, () -> {});
                            });
                            return;
                            """)
                    .shownBy(RequestAcceptedAtPowerLoss.class)
                    .breaks("I9"),
            Mutant.of(
                            "a STORE leaves no trace",
                            RequestEntries.class,
                            "return record.receipt().isPresent() ? List.of(register, stored(record)) : List.of(register);",
                            "return List.of(register);")
                    .shownBy(RetryWithoutOneVoter.class)
                    .breaks("Write with an idempotency key"),
            Mutant.of(
                            "the first vote decides instead of the last",
                            besides(RequestStatusOperation.class, "RequestJudgement"),
                            ".max(BY_BALLOT)",
                            ".min(BY_BALLOT)")
                    .shownBy(SupersededProposal.class)
                    .breaks("I9"),
            // A store that never drops a trace would be no mutant: RequestJudgement ignores the trace, and only disk
            // space
            // is lost.
            Mutant.of(
                            "a trace is remembered for ever",
                            besides(RequestStatusOperation.class, "RequestJudgement"),
                            "conclusion.receipt().rememberedUntilMs() > nowMs",
                            "true")
                    .shownBy(KeyReusedAfterRetention.class)
                    .breaks("Write with an idempotency key"),
            Mutant.of(
                            "another write's proposal passes for one's own as it has the same key",
                            IdempotentWriteOperation.class,
                            " && record.receipt().isPresent() && own.equals(Optional.of(RequestResult.of(record)))",
                            "")
                    .shownBy(KeyReusedAfterRetention.class)
                    .breaks("I1"),
            Mutant.of(
                            "a replica forgets votes and does not say so",
                            RequestTrace.class,
                            "complete && !tooMany",
                            "complete")
                    .shownBy(ForgottenVote.class)
                    .breaks("I9"));

    private IdempotencyMutants() {}
}
