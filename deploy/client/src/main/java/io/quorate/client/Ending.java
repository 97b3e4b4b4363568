package io.quorate.client;

import java.util.Optional;

/**
 * How the attempts of one call ended.
 *
 * @param answer that decided, or the last one that did not. Empty if no node answered
 * @param ambiguous whether an attempt without a good answer may have had its effect
 * @param why for people, if there is no answer
 */
record Ending(Optional<Answer> answer, boolean ambiguous, String why) {
    int status() {
        return answer.map(Answer::status).orElse(0);
    }

    String detail() {
        return answer.map(Answer::detail).orElse(why);
    }

    /** @throws ReadFailedException if there is none */
    Answer success() {
        return answer.filter(Answer::isSuccess).orElseThrow(() -> new ReadFailedException(status(), detail()));
    }

    /** An answer to the same idempotency key speaks for all attempts, if it says applied or condition failed. */
    WriteResult asWriteResult(Optional<String> idempotencyKey) {
        if (answer.filter(Answer::isSuccess).isPresent()) {
            return applied(answer.get());
        }
        if (answer.filter(Answer::isConditionFailed).isPresent()) {
            return new WriteResult.ConditionFailed(
                    answer.get().version(), answer.get().text("reason"));
        }
        return ambiguous
                ? new WriteResult.Unknown(idempotencyKey, detail())
                : new WriteResult.Refused(status(), detail());
    }

    private static WriteResult.Applied applied(Answer answer) {
        return new WriteResult.Applied(
                answer.version(),
                answer.status() == 201,
                answer.header("Quorate-Replayed").isPresent(),
                answer.sum());
    }
}
