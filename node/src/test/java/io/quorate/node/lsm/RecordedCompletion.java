package io.quorate.node.lsm;

import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import java.util.Optional;

/** Keeps the result of one write, and checks that it is reported once. */
public class RecordedCompletion implements Completion {
    public enum Outcome {
        NONE_YET,
        APPLIED,
        REFUSED,
        UNKNOWN
    }

    private Outcome outcome = Outcome.NONE_YET;
    private String message = "";
    private Optional<RefusedException.RefusedBecause> reason = Optional.empty();

    public Outcome outcome() {
        return outcome;
    }

    /** Why it was refused. */
    Optional<RefusedException.RefusedBecause> reason() {
        return reason;
    }

    String message() {
        return message;
    }

    private void set(Outcome found) {
        if (outcome != Outcome.NONE_YET) {
            throw new AssertionError("told twice: " + outcome + ", then " + found);
        }
        outcome = found;
    }

    @Override
    public void applied() {
        set(Outcome.APPLIED);
    }

    @Override
    public void refused(RefusedException why) {
        set(Outcome.REFUSED);
        reason = Optional.of(why.reason());
        message = why.getMessage();
    }

    @Override
    public void unknown(UnknownOutcomeException why) {
        set(Outcome.UNKNOWN);
        message = why.getMessage();
    }
}
