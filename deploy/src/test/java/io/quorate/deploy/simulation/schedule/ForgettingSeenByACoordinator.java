package io.quorate.deploy.simulation.schedule;

import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.KEY;
import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.TERMS;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.Preempted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.scan.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A coordinator before replicas that forget a key, one earlier than another. */
public final class ForgettingSeenByACoordinator extends DirectedSchedule {
    private static final long FLOOR = 1_000;
    private static final Horizon YOUNG = Horizon.ofAge(4);
    private static final Horizon FORGETFUL = new Horizon(5, 6, FLOOR, 0);
    private static final Record OLD = new Record(new Version(10, 1, 1, 0), Value.of("old"));
    private static final Value NEW = Value.of("new");

    private final List<String> findings = new ArrayList<>();

    @Override
    Optional<String> play(long seed) {
        findings.clear();
        aReadInDoubt();
        aPageInDoubt();
        aWriteBackThatIsOutdated();
        aWriteAboveAFence();
        aNewLife();
        aProposalBelowTheFloor();
        anOvertakenProposalOfAnAbsentKey();
        anotherProposalOnTheSameRegister();
        anOwnProposalBesideAForgottenTombstone(true);
        anOwnProposalBesideAForgottenTombstone(false);
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", findings));
    }

    private void require(boolean holds, String finding) {
        if (!holds) {
            findings.add(finding);
        }
    }

    private static RecordReply absent(Horizon horizon) {
        return new RecordReply(Record.NEVER_WRITTEN, Optional.empty(), horizon);
    }

    private static Promise promise(Record record, Horizon horizon) {
        return new Promise(record, Optional.empty(), Ballot.ZERO, RequestTrace.NONE, horizon);
    }

    /** C4: the first replica answers before the key is deleted and forgotten, the others after that. */
    private void aReadInDoubt() {
        int[] queries = {0};
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> {
            if (!(request instanceof Query)) {
                return Optional.of(new Stored());
            }
            boolean isEarly = queries[0]++ == 0;
            return Optional.of(isEarly ? new RecordReply(OLD, Optional.empty(), YOUNG) : absent(FORGETFUL));
        });
        Outcome outcome = replicas.ask((coordinator, listener) -> coordinator.read(KEY, TERMS, listener));
        require(
                outcome instanceof Outcome.Read read && read.record().equals(Record.NEVER_WRITTEN),
                "I12: a read that met a forgotten key ends as " + outcome);
        require(
                replicas.asked(Query.class).stream().anyMatch(query -> query.demandedAge() == 6),
                "I12: a read in doubt demands no age: " + replicas.asked(Query.class));
    }

    /** C4: a page leaves the key to a read. */
    private void aPageInDoubt() {
        int[] scans = {0};
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> {
            if (request instanceof Scan) {
                boolean isEarly = scans[0]++ == 0;
                List<ScanEntry> entries = isEarly ? List.of(ScanEntry.of(KEY, OLD)) : List.of();
                return Optional.of(new ScanReply(entries, true, isEarly ? YOUNG : FORGETFUL));
            }
            return Optional.of(request instanceof Query ? absent(FORGETFUL) : new Stored());
        });
        PageQuery all = new PageQuery(KeyRange.ALL, Direction.ASCENDING, true, 10);
        Outcome outcome = replicas.ask((coordinator, listener) -> coordinator.scan(all, TERMS, listener));
        require(
                outcome instanceof Outcome.Scanned page && page.entries().isEmpty(),
                "I12: a page that met a forgotten key ends as " + outcome);
    }

    /** C3 and C7: the record was read under the lowest age of the replies, and the write-back is refused for that. */
    private void aWriteBackThatIsOutdated() {
        int[] queries = {0};
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> {
            if (request instanceof Query) {
                int query = queries[0]++;
                return Optional.of(
                        query == 0
                                ? new RecordReply(OLD, Optional.empty(), Horizon.ofAge(9))
                                : absent(new Horizon(query == 1 ? 4 : 9, 9, 5, 0)));
            }
            return Optional.of(new Outdated(11));
        });
        Outcome outcome = replicas.ask((coordinator, listener) -> coordinator.read(KEY, TERMS, listener));
        List<OptionalLong> ages = replicas.asked(StoreRequest.class).stream()
                .map(StoreRequest::evidenceAge)
                .distinct()
                .toList();
        require(
                ages.equals(List.of(OptionalLong.of(4))),
                "I12: replies under 4 and 9 are evidence of the ages " + ages);
        require(
                outcome instanceof Outcome.Read read && read.record().equals(Record.NEVER_WRITTEN),
                "Forgetting deletes: a read whose write-back is outdated ends as " + outcome);
    }

    /** C1. */
    private void aWriteAboveAFence() {
        long fence = 1L << 61;
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) ->
                Optional.of(request instanceof Query ? absent(Horizon.NONE.withFence(fence)) : new Stored()));
        replicas.ask((coordinator, listener) -> coordinator.write(KEY, NEW, TERMS, listener));
        require(
                replicas.asked(StoreRequest.class).stream()
                        .allMatch(store -> store.record().version().timestamp() > fence
                                && store.evidenceAge().isEmpty()),
                "I11: a write at or below a fence that it was told: " + replicas.asked(StoreRequest.class));
    }

    /** C2: the floors that replicas tell differ. The highest counts. */
    private void aNewLife() {
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> Optional.of(
                request instanceof Prepare
                        ? promise(Record.NEVER_WRITTEN, new Horizon(1, 1, FLOOR + replica, 0))
                        : request instanceof Accept ? new Accepted() : new Stored()));
        Outcome outcome = create(replicas);
        Version version = outcome instanceof Outcome.Applied applied ? applied.version() : Version.ZERO;
        require(
                version.isAfter(Version.ofInstant(FLOOR + 1)),
                "I12: a deleted key comes back at " + version + " with a floor of " + (FLOOR + 1));
    }

    private static Outcome create(ScriptedReplicas replicas) {
        return replicas.ask(
                (coordinator, listener) -> coordinator.writeIf(KEY, NEW, new Precondition.Absent(), TERMS, listener));
    }

    /** C5: a record was chosen below the floor, and no register has it yet. */
    private void aProposalBelowTheFloor() {
        Record chosen = new Record(new Version(0, 0, 0, 1), Value.of("chosen"), new RequestId(1, 1));
        Ballot ballot = new Ballot(7, 1, 1);
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> Optional.of(
                request instanceof Prepare
                        ? new Promise(
                                Record.NEVER_WRITTEN,
                                Optional.of(new Proposal(ballot, chosen)),
                                ballot,
                                RequestTrace.NONE,
                                new Horizon(1, 1, FLOOR, 0))
                        : request instanceof Accept ? new Accepted() : new Stored()));
        create(replicas);
        Accept first = replicas.asked(Accept.class).get(0);
        require(
                first.proposal().record().equals(chosen),
                "I3: a record may be chosen, and another one is proposed: " + first);
    }

    /** C5: the proposal may have been chosen, deleted and forgotten. */
    private void anOvertakenProposalOfAnAbsentKey() {
        boolean[] wasProposed = {false};
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> {
            if (request instanceof Prepare) {
                long floor = wasProposed[0] ? FLOOR + 500 : FLOOR;
                return Optional.of(promise(Record.NEVER_WRITTEN, new Horizon(1, 1, floor, 0)));
            }
            if (request instanceof Query) {
                return Optional.of(absent(new Horizon(1, 1, FLOOR + 500, 0)));
            }
            return answer(request, replica, wasProposed);
        });
        Outcome outcome = create(replicas);
        require(
                outcome instanceof Outcome.Unknown,
                "I9: a proposal below the floor may be over, and it ends as " + outcome);
    }

    /** C6: another proposal on the absent key was chosen, under a lower floor. */
    private void anotherProposalOnTheSameRegister() {
        boolean[] wasProposed = {false};
        Record other = new Record(Version.ofInstant(FLOOR - 1).nextStep(), Value.of("other"), new RequestId(1, 1));
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> {
            if (request instanceof Prepare) {
                Promise empty = promise(Record.NEVER_WRITTEN, new Horizon(1, 1, FLOOR, 0));
                return Optional.of(wasProposed[0] ? promise(other, Horizon.ofAge(1)) : empty);
            }
            if (request instanceof Query) {
                return Optional.of(new RecordReply(other, Optional.empty(), Horizon.ofAge(1)));
            }
            return answer(request, replica, wasProposed);
        });
        Outcome outcome = create(replicas);
        require(
                outcome instanceof Outcome.ConditionFailed,
                "I3: another write has created the key, and this one ends as " + outcome);
    }

    /**
     * I4: the last replica has accepted the proposal on an absent key. So it may be chosen, also if that replica is
     * away meanwhile and does not show it. The first one still has the tombstone that the others have forgotten, which
     * is newer than what the proposal was judged on.
     */
    private void anOwnProposalBesideAForgottenTombstone(boolean isShown) {
        boolean[] wasProposed = {false};
        Proposal[] accepted = {null};
        Record tombstone = new Record(Version.ofInstant(FLOOR - 10), Tombstone.TOMBSTONE);
        ScriptedReplicas replicas = new ScriptedReplicas((replica, request) -> {
            if (request instanceof Prepare && wasProposed[0]) {
                Promise shown = new Promise(
                        Record.NEVER_WRITTEN,
                        Optional.of(accepted[0]),
                        accepted[0].ballot(),
                        RequestTrace.NONE,
                        new Horizon(1, 1, FLOOR, 0));
                return switch (replica) {
                    case 0 -> Optional.of(promise(tombstone, Horizon.ofAge(1)));
                    case 1 -> isShown ? Optional.empty() : Optional.of(promise(Record.NEVER_WRITTEN, shown.horizon()));
                    default -> isShown ? Optional.of(shown) : Optional.empty();
                };
            }
            if (request instanceof Prepare || request instanceof Query) {
                return Optional.of(
                        request instanceof Prepare
                                ? promise(Record.NEVER_WRITTEN, new Horizon(1, 1, FLOOR, 0))
                                : absent(new Horizon(1, 1, FLOOR, 0)));
            }
            if (request instanceof Accept accept && replica == 2 && accepted[0] == null) {
                accepted[0] = accept.proposal();
            }
            return answer(request, replica, wasProposed);
        });
        Outcome outcome = create(replicas);
        List<Record> proposals = replicas.asked(Accept.class).stream()
                .map(accept -> accept.proposal().record())
                .distinct()
                .toList();
        require(
                proposals.size() == 1,
                "I4: an accepted proposal may be chosen, and another one is proposed: " + proposals);
        require(outcome instanceof Outcome.Applied, "I9: a proposal that was accepted ends as " + outcome);
    }

    /** The first proposal may be accepted by the last replica, and the others have promised more. */
    private static Optional<Reply> answer(Request request, int replica, boolean[] wasProposed) {
        if (request instanceof Accept accept && !wasProposed[0]) {
            wasProposed[0] = replica == 2;
            Ballot ballot = accept.proposal().ballot();
            Ballot higher = new Ballot(ballot.timestamp() + 1, 1, 1);
            return Optional.of(replica == 2 ? new Accepted() : new Preempted(higher));
        }
        return Optional.of(request instanceof Accept ? new Accepted() : new Stored());
    }
}
