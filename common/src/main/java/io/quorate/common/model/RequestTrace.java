package io.quorate.common.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replica remembers of a request with an idempotency key.
 *
 * @param stored the conclusion, if the replica was sent a STORE of what the request made: only what was chosen is stored
 * @param votes what it acknowledged, in the order of the ballots; at most {@value #VOTES_MAX}
 * @param complete whether these are all; otherwise it has forgotten the oldest, and proves nothing by their absence
 */
public record RequestTrace(Optional<RequestResult> stored, List<Vote> votes, boolean complete) {
    /** That of a request that the replica never met. */
    public static final RequestTrace NONE = new RequestTrace(Optional.empty(), List.of(), true);

    /** A request gets a further vote only when its proposer was preempted or lost: this many are a storm. */
    public static final int VOTES_MAX = 16;

    /** With a vote under a ballot that is not below any before. */
    public RequestTrace with(Vote vote) {
        if (!votes.isEmpty() && votes.get(votes.size() - 1).ballot().equals(vote.ballot())) {
            return this;
        }
        List<Vote> all = new ArrayList<>(votes);
        all.add(vote);
        boolean tooMany = all.size() > VOTES_MAX;
        return new RequestTrace(stored, List.copyOf(tooMany ? all.subList(1, all.size()) : all), complete && !tooMany);
    }

    public RequestTrace stored(RequestResult conclusion) {
        return new RequestTrace(Optional.of(conclusion), votes, complete);
    }
}
