package io.quorate.coordinator.round;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Promise;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the proposal that has to be finished, unchanged, before a key's state is known. It may have been chosen (I3,
 * I4).
 */
public final class Unsettled {
    private static final Comparator<Proposal> BY_BALLOT = Comparator.comparing(Proposal::ballot);

    private Unsettled() {}

    /**
     * Among promises of a majority: the proposal under the highest ballot that any of them voted under, if it is newer
     * than the newest register. A newer proposal under a lower ballot was never chosen. If it had been, the later vote
     * would be for a proposal that is no older. To finish it now might give a request a second effect.
     */
    public static Optional<Proposal> among(List<Promise> promises) {
        Ballot voted = promises.stream().map(Promise::voted).reduce(Ballot.ZERO, Ballot::max);
        Version newest =
                promises.stream().map(promise -> promise.record().version()).reduce(Version.ZERO, Version::max);
        return among(promises.stream().map(Promise::accepted), newest)
                .filter(proposal -> proposal.ballot().equals(voted));
    }

    /** The accepted proposal of the highest ballot, if it is newer than the newest register. */
    static Optional<Proposal> among(Stream<Optional<Proposal>> accepted, Version newestRegister) {
        return accepted.flatMap(Optional::stream)
                .max(BY_BALLOT)
                .filter(proposal -> proposal.record().version().isAfter(newestRegister));
    }
}
