package io.quorate.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.time.SystemClock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** One change, sent until it is answered. Belongs to the event loop. */
final class RepeatedCall {
    private final EndpointConnections connections;
    private final EndpointTurn turn;
    private final Call call;
    private final byte[] body;
    private final LongPredicate mayRepeatAfterMs;
    private final Consumer<CallEnd> done;
    private final BackOff pause = new BackOff();
    private final long startNs = SystemClock.INSTANCE.monotonicNs();

    /** Whether an attempt so far may have been applied. */
    private boolean mayBeApplied;

    RepeatedCall(
            EndpointConnections connections,
            EndpointTurn turn,
            Call call,
            byte[] body,
            LongPredicate mayRepeatAfterMs,
            Consumer<CallEnd> done) {
        this.connections = connections;
        this.turn = turn;
        this.call = call;
        this.body = body;
        this.mayRepeatAfterMs = mayRepeatAfterMs;
        this.done = done;
    }

    void attempt() {
        Endpoint endpoint = turn.current();
        connections
                .exchange(endpoint, call, body)
                .onSuccess(this::answered)
                .onFailure(cause -> failed(endpoint, cause));
    }

    private void answered(Answer answer) {
        Optional<JsonNode> problem = answer.problem();
        mayBeApplied |= !answer.isProof();
        String why =
                problem.map(fields -> fields.path("detail").asText()).orElse("no reason; is a node of Quorate there?")
                        + " (" + answer.status() + " from "
                        + answer.from() + ")";
        if (!answer.isProof() || isForNow(answer.status())) {
            repeat(answer.from(), Optional.of(answer), why);
        } else {
            end(Optional.of(answer), why);
        }
    }

    private static boolean isForNow(int status) {
        return status == 409 || status == 429 || status == 503;
    }

    private void failed(Endpoint endpoint, Throwable cause) {
        mayBeApplied |= !SendFailure.isBeforeSending(cause);
        repeat(endpoint, Optional.empty(), endpoint + ": " + SendFailure.text(cause));
    }

    private void repeat(Endpoint failed, Optional<Answer> last, String why) {
        turn.passOver(failed);
        long leastMs =
                turn.current().equals(failed) ? last.map(Answer::retryAfterMs).orElse(0L) : 0;
        long pauseMs = leastMs + pause.nextMs();
        if (!mayRepeatAfterMs.test(elapsedMs() + pauseMs)) {
            end(last, why);
            return;
        }
        connections.vertx().setTimer(pauseMs, timer -> {
            if (mayRepeatAfterMs.test(elapsedMs())) {
                attempt();
            } else {
                end(last, why);
            }
        });
    }

    private long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(SystemClock.INSTANCE.monotonicNs() - startNs);
    }

    /** An answer that is no refusal says what became of the attempts before it, too. */
    private void end(Optional<Answer> last, String why) {
        boolean isSettled = last.filter(answer -> answer.isSuccess() || answer.isConditionFailed())
                .isPresent();
        done.accept(new CallEnd(last, mayBeApplied && !isSettled, why));
    }
}
