package io.quorate.coordinator.operation;

import io.quorate.common.model.Proposal;
import io.quorate.common.model.Version;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finding the proposal that has to be finished before a key's state is known. */
final class Unsettled {
    private static final Comparator<Proposal> BY_BALLOT = Comparator.comparing(Proposal::ballot);

    private Unsettled() {}

    /** The accepted proposal of the highest ballot, if it is newer than the newest register. */
    static Optional<Proposal> among(Stream<Optional<Proposal>> accepted, Version newestRegister) {
        return accepted.flatMap(Optional::stream)
                .max(BY_BALLOT)
                .filter(proposal -> proposal.record().version().isAfter(newestRegister));
    }
}
