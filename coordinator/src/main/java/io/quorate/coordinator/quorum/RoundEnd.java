package io.quorate.coordinator.quorum;

/**
 * When a round ends. The count of a round is decided when enough replicas said yes, or when too many said no. Some
 * rounds have a reason to wait longer. The decision itself never changes while they wait.
 */
public enum RoundEnd {
    /** At once. */
    AT_DECISION,

    /**
     * A round that reached its count ends at once. One that missed it waits while every answer so far was a no: the
     * next answers may prove that no replica applied the request.
     */
    AT_KNOWN_EFFECT,

    /**
     * A round that missed its count ends at once. One that reached it waits for the other replicas that it asked, until
     * its patience ends.
     */
    AFTER_PATIENCE,

    /** When each replica that was asked has answered or failed. */
    AFTER_EVERYONE;

    /**
     * Whether the round ends now.
     *
     * @param decision what the count says
     * @param everyoneAnswered whether each replica that was asked has answered or failed
     * @param effectPossible whether a replica that answered or failed may have applied the request
     * @param patient whether the round still waits for more answers than it needs
     */
    public boolean isDue(Decision decision, boolean everyoneAnswered, boolean effectPossible, boolean patient) {
        if (decision == Decision.PENDING) {
            return false;
        }
        return switch (this) {
            case AT_DECISION -> true;
            case AT_KNOWN_EFFECT -> decision == Decision.REACHED || everyoneAnswered || effectPossible;
            case AFTER_PATIENCE -> decision == Decision.MISSED || everyoneAnswered || !patient;
            case AFTER_EVERYONE -> everyoneAnswered;
        };
    }
}
