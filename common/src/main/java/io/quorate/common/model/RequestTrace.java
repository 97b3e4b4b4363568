package io.quorate.common.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replica remembers of a request with an idempotency key.
 *
 * @param stored the result, if the replica got a STORE of the record that the request made. Only a chosen record is
 *     stored
 * @param votes the results that the replica acknowledged, in the order of the ballots; at most {@value #VOTES_MAX}
 * @param complete whether these are all votes. Otherwise the replica has forgotten the oldest, so a missing vote proves
 *     nothing
 */
public record RequestTrace(Optional<RequestResult> stored, List<Vote> votes, boolean complete) {
    /** The trace of a request that the replica has never seen. */
    public static final RequestTrace NONE = new RequestTrace(Optional.empty(), List.of(), true);

    /** A request gets a further vote only when its proposer was preempted or crashed. So many votes are rare. */
    public static final int VOTES_MAX = 16;

    /** This trace with one more vote, under a ballot that is not lower than those before. */
    public RequestTrace with(Vote vote) {
        if (!votes.isEmpty() && votes.get(votes.size() - 1).ballot().equals(vote.ballot())) {
            return this;
        }
        List<Vote> all = new ArrayList<>(votes);
        all.add(vote);
        boolean tooMany = all.size() > VOTES_MAX;
        return new RequestTrace(stored, List.copyOf(tooMany ? all.subList(1, all.size()) : all), complete && !tooMany);
    }

    public RequestTrace stored(RequestResult result) {
        return new RequestTrace(Optional.of(result), votes, complete);
    }
}
