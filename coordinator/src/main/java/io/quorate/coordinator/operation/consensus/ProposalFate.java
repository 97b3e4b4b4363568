package io.quorate.coordinator.operation.consensus;

import io.quorate.common.model.Ballot;
import io.quorate.coordinator.round.Invariant;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Tracks whether the proposals of one write may have been accepted:
 *
 * <pre>
 *   nothing sent --sent--> may be accepted --concluded--> concluded
 * </pre>
 *
 * After a proposal was sent, the write may end as unknown but not as refused. The one exception needs a proof: each
 * replica refused the proposal, or all replicas promised a higher ballot and no replica has accepted it. An empty
 * answer of a majority is no proof. Another replica may have accepted the proposal, be away, and come back. The write
 * is concluded by its one result, applied or refused. This class is pure. Each ending of the write asks it which
 * outcome is allowed (I1).
 */
final class ProposalFate {
    enum Stage {
        /** No replica has accepted a proposal of this write, and none will. */
        NOTHING_SENT,
        /** A replica may have accepted a proposal, and any later operation may then choose it. */
        MAY_BE_ACCEPTED,
        /** The write was applied, or a majority holds the register that refutes its condition. */
        CONCLUDED
    }

    private final NavigableSet<Ballot> open = new TreeSet<>();
    private Ballot last = Ballot.ZERO;
    private boolean concluded;

    Stage stage() {
        if (concluded) {
            return Stage.CONCLUDED;
        }
        return open.isEmpty() ? Stage.NOTHING_SENT : Stage.MAY_BE_ACCEPTED;
    }

    boolean mayBeAccepted() {
        return stage() == Stage.MAY_BE_ACCEPTED;
    }

    /** An ACCEPT with a proposal of this write is about to leave. */
    void sent(Ballot ballot) {
        Invariant.require(!concluded, "a concluded write proposes nothing");
        Invariant.require(ballot.isAfter(last), "the ballots of a write grow (I4)");
        last = ballot;
        open.add(ballot);
    }

    /** Each replica has refused the proposal of this ballot, or was never sent it. */
    void acceptedNowhere(Ballot ballot) {
        open.remove(ballot);
    }

    /** It is proven that no proposal so far was chosen, nor ever will be. */
    void ruledOutAll() {
        open.clear();
    }

    /** It is proven that no proposal below this ballot was chosen, nor ever will be. */
    void ruledOut(Ballot below) {
        open.headSet(below, false).clear();
    }

    void conclude() {
        concluded = true;
    }
}
