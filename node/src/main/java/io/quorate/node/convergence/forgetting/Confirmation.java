package io.quorate.node.convergence.forgetting;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.DeletionState.Kind;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Confirmed;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What all members confirmed about some deleted keys. Pure. */
final class Confirmation {
    private final Collection<Confirmed> answers;

    /** @param answers of all members */
    Confirmation(Collection<Confirmed> answers) {
        this.answers = answers;
    }

    /** Above the age that any member had when it confirmed. So a reply under this age is later than that. */
    long round() {
        return 1 + answers.stream().mapToLong(Confirmed::age).max().orElseThrow();
    }

    /** The highest of all promises, and not only each member's own: a proposer knows those of a majority. */
    Ballot promised() {
        return answers.stream().map(Confirmed::promised).reduce(Ballot.ZERO, Ballot::max);
    }

    /**
     * The key with the tombstone that all members hold, or with none if all hold nothing. Empty if they differ.
     *
     * @param place of the key in the question
     */
    Optional<DeletedKey> of(DeletedKey candidate, int place) {
        List<DeletionState> states =
                answers.stream().map(each -> stateAt(each, place)).toList();
        if (states.stream().anyMatch(state -> state.kind() == Kind.OTHER)) {
            return Optional.empty();
        }
        if (states.stream().noneMatch(state -> state.kind() == Kind.TOMBSTONE)) {
            return Optional.of(new DeletedKey(candidate.key(), Version.ZERO, candidate.floor()));
        }
        Version version = states.get(0).version();
        boolean isOne = !version.equals(Version.ZERO)
                && states.stream().allMatch(state -> state.version().equals(version));
        boolean isBelowFloor = !version.isAfter(Version.ofInstant(candidate.floor()));
        return Optional.of(new DeletedKey(candidate.key(), version, candidate.floor()))
                .filter(key -> isOne && isBelowFloor);
    }

    private static DeletionState stateAt(Confirmed answer, int place) {
        return place < answer.states().size() ? answer.states().get(place) : DeletionState.OTHER;
    }
}
