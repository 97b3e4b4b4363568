package io.quorate.common.model.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replica remembers of a request with an idempotency key.
 *
 * <p>A proposer proposes another result only after a majority has proved that no result of a lower ballot was chosen,
 * nor will be. So a vote for another result makes the votes before it worthless, and the replica forgets them.
 *
 * @param stored the result, if the replica got a STORE of the record that the request made. Only a chosen record is
 *     stored
 * @param votes the votes for the result that the replica acknowledged last, in the order of the ballots; at most
 *     {@value #VOTES_MAX}
 * @param complete whether these are all votes for that result. Otherwise the replica has forgotten the oldest, so a
 *     missing vote proves nothing
 */
public record RequestTrace(Optional<RequestResult> stored, List<Vote> votes, boolean complete) {
    /** The trace of a request that the replica has never seen. */
    public static final RequestTrace NONE = new RequestTrace(Optional.empty(), List.of(), true);

    /** More than twice as many as one operation makes attempts. Only a preempted proposal needs a further vote. */
    public static final int VOTES_MAX = 64;

    /** This trace with one more vote, under a ballot that is not lower than those before. */
    public RequestTrace with(Vote vote) {
        if (votes.isEmpty()) {
            return new RequestTrace(stored, List.of(vote), complete);
        }
        Vote last = votes.get(votes.size() - 1);
        if (last.ballot().equals(vote.ballot())) {
            return this;
        }
        return last.result().equals(vote.result()) ? withAnother(vote) : new RequestTrace(stored, List.of(vote), true);
    }

    private RequestTrace withAnother(Vote vote) {
        List<Vote> all = new ArrayList<>(votes);
        all.add(vote);
        boolean tooMany = all.size() > VOTES_MAX;
        return new RequestTrace(stored, List.copyOf(tooMany ? all.subList(1, all.size()) : all), complete && !tooMany);
    }

    public RequestTrace stored(RequestResult result) {
        return new RequestTrace(Optional.of(result), votes, complete);
    }
}
