package io.quorate.coordinator.operation.bundle;

import io.quorate.common.memory.MemoryUse;
import io.quorate.common.memory.Reservation;
import io.quorate.common.model.Content;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.RefusalReason;
import io.quorate.coordinator.operation.VersionMint;
import io.quorate.coordinator.operation.consensus.ProposerQueues;
import io.quorate.coordinator.operation.consensus.UnnamedWriteOperation;
import io.quorate.coordinator.operation.function.FunctionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Applies a bundle of functions as one write. Its members are the functions that waited when its PREPARE began. It
 * takes them when it judges the register, and not before: one that leaves during the PREPARE is not in it.
 *
 * <p>The whole bundle is one proposal: it has one version, and is chosen or not. No member is answered before that, not
 * even one that is refused. A refused member may have met what a member before it made, and only the chosen record
 * makes that true (I7). If the proposal is ruled out, a new judgement begins with the same members.
 *
 * <p>The bundle has no deadline. It ends when it is decided, or when nobody is left who needs it.
 */
final class BundleOperation extends UnnamedWriteOperation {
    private static final OperationOptions UNTIL_ALL_HAVE_LEFT =
            new OperationOptions(ConsistencyLevel.LINEARIZABLE, TimeUnit.DAYS.toMillis(1));

    /** Of a decimal number of 64 bits with a sign. */
    private static final int NUMBER_BYTES_MAX = 20;

    private final FunctionOperation first;
    private final WaitingFunctions waiting;

    /** The values that the functions made, until their members have their outcomes. */
    private final Reservation made;

    private boolean wasLeft;

    /** Those of the last judgement, in their order. */
    private List<FunctionOperation> members = List.of();

    private Bundle bundle = new Bundle(Tombstone.TOMBSTONE);

    /** The version of the register that the last judgement met. */
    private Version met = Version.ZERO;

    /** @param first begins it, and gives the replicas */
    BundleOperation(
            FunctionOperation first,
            VersionMint versions,
            ProposerQueues turns,
            WaitingFunctions waiting,
            Consumer<Outcome> listener) {
        super(first.operationContext(), UNTIL_ALL_HAVE_LEFT, first.key(), versions, turns, listener);
        this.first = first;
        this.waiting = waiting;
        this.made = new Reservation(context.memory(), MemoryUse.OPERATION);
    }

    /** Of the most patient client that needs it: before the first judgement, of all that wait. */
    @Override
    protected long deadlineNs() {
        Stream<FunctionOperation> all = members.isEmpty() ? waiting.all() : members.stream();
        return all.mapToLong(FunctionOperation::deadlineNs).max().orElseGet(first::deadlineNs);
    }

    /** One record is sent, however many functions are in it. How large it is, the judgement finds out. */
    @Override
    protected long expectedBytes() {
        return first.expectedBytes();
    }

    @Override
    protected void preparing() {
        waiting.preparing();
    }

    @Override
    protected Optional<Content> contentOn(Record register) {
        waiting.putBack(members);
        members = new ArrayList<>();
        bundle = new Bundle(register.content());
        met = register.version();
        made.shrink(made.bytes());
        boolean hasMemory = true;
        while (hasMemory && bundle.hasRoom() && !waiting.hasNoneForJudgement()) {
            FunctionOperation next = waiting.takeForJudgement();
            members.add(next);
            bundle.add(next.function());
            hasMemory = charge();
        }
        return bundle.hasChanged() ? Optional.of(bundle.content()) : Optional.empty();
    }

    /**
     * Charges what the last function made. Its size was not known before, so it is charged in any case. Without room
     * for it, no further function is in this bundle. A refusal or a number does not end the bundle: each of its
     * requests held more bytes, and a hot counter would fall to bundles of one under pressure.
     */
    private boolean charge() {
        long more = bundle.madeBytes() - made.bytes();
        if (more > NUMBER_BYTES_MAX && made.tryGrowQuietly(more)) {
            return true;
        }
        made.grow(more);
        return more <= NUMBER_BYTES_MAX;
    }

    /** The outcome of a function that ends now, before the bundle does. */
    Outcome withoutResult(FunctionOperation function) {
        boolean mayHaveEffect = mayBeAccepted() && members.contains(function);
        return mayHaveEffect
                ? new Outcome.Unknown(function.with(evidence))
                : new Outcome.Refused(reasonAtDeadline(), function.with(evidence));
    }

    /**
     * A function has left. If nobody needs this bundle any more it ends, even while others wait: the next one asks the
     * replicas anew, and this one may wait for a replica that hangs. Before the first judgement there are no members,
     * and the function counts that began the bundle.
     */
    void left(FunctionOperation function) {
        boolean isOver = members.isEmpty()
                ? function == first || waiting.isEmpty()
                : members.stream().allMatch(FunctionOperation::isOver);
        if (!isFinished() && isOver) {
            wasLeft = true;
            abandon();
            finish(withoutResult(RefusalReason.CONTENTION));
        }
    }

    /**
     * Gives each member its own outcome. A bundle that ended before its first judgement fails those that its PREPARE
     * was for, unless it was left. All others that wait have the next one.
     */
    void deliver(Outcome outcome) {
        if (members.isEmpty() && !wasLeft) {
            members = waiting.take(Bundle.FUNCTIONS_MAX);
        }
        try {
            outcome.match(new MemberOutcomes());
        } finally {
            made.close();
        }
    }

    private void deliverReports(Version made, Outcome outcome) {
        for (int place = 0; place < members.size(); place++) {
            FunctionReport report = bundle.report(place);
            boolean metRegister =
                    report.changesBefore() == 0 && report.verdict().made().isEmpty();
            if (!members.get(place).isOver()) {
                members.get(place).end(report, bundle.metNone(place), metRegister ? met : made, outcome.evidence());
            }
        }
    }

    private void forEachMember(Consumer<FunctionOperation> action) {
        members.stream().filter(member -> !member.isOver()).forEach(action);
    }

    private final class MemberOutcomes extends Outcome.ExpectedCases<Void> {
        @Override
        public Void applied(Outcome.Applied applied) {
            deliverReports(applied.version(), applied);
            return null;
        }

        @Override
        public Void conditionFailed(Outcome.ConditionFailed failed) {
            deliverReports(failed.version(), failed);
            return null;
        }

        @Override
        public Void refused(Outcome.Refused refused) {
            forEachMember(member -> member.end(refused));
            return null;
        }

        @Override
        public Void unknown(Outcome.Unknown unknown) {
            forEachMember(member -> member.end(unknown));
            return null;
        }
    }
}
