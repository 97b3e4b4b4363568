package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Version;

/**
 * I7: when a linearizable operation succeeds, its version is on a store quorum. That is a majority of registers with it
 * or a newer one, or a majority that accepted it, or a later step of it, under one ballot.
 */
final class I7SuccessIsOnAQuorum extends Invariant {
    private final int majority;
    private final KnownStates known;
    private final Votes votes;

    I7SuccessIsOnAQuorum(Violations violations, int majority, KnownStates known, Votes votes) {
        super(7, violations);
        this.majority = majority;
        this.known = known;
        this.votes = votes;
    }

    void ended(Ended operation) {
        if (operation.version().equals(Version.ZERO) || votes.isChosen(operation.key(), operation.version())) {
            return;
        }
        int holders = known.holders(operation.key(), operation.version());
        if (holders < majority) {
            violated(operation + " succeeded, and " + holders + " replicas hold it");
        }
    }
}
