package io.quorate.deploy.client;

import java.util.Optional;

/**
 * What became of a call that was sent until it was answered.
 *
 * @param last the last answer, or empty if the last attempt got none
 * @param isUnknown whether an attempt may have been applied, and no later one said so
 * @param why a few words about the last attempt
 */
public record CallEnd(Optional<Answer> last, boolean isUnknown, String why) {
    public boolean isApplied() {
        return last.filter(Answer::isSuccess).isPresent();
    }

    public boolean isConditionFailed() {
        return last.filter(Answer::isConditionFailed).isPresent();
    }
}
