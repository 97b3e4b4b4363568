package io.quorate.coordinator.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Refuses by 429 the requests for keys that there are too many of now ({@link LoopTurns#sheds}). A refusal must cost
 * less than a request, so its bytes are made once.
 */
public final class OverloadRefusal {
    private static final int STATUS = 429;

    private static final String DETAIL =
            "this node has more requests than it can answer soon. Nothing was applied%s; send it again after"
                    + " Retry-After";
    private static final PreparedProblem REFUSAL =
            PreparedProblem.of(Problem.of(STATUS, DETAIL.formatted(""), Problem.Effect.NONE));
    private static final PreparedProblem REFUSAL_OF_ATTEMPT = PreparedProblem.of(
            Problem.of(STATUS, DETAIL.formatted(" by this attempt; earlier ones may have been"), Problem.Effect.NONE)
                    .put("retry", Problem.SAME_KEY));
    private static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.CONTENT_TYPE);

    private OverloadRefusal() {}

    /** The bytes of an answer, made once, before and after the id of its request. */
    private record PreparedProblem(byte[] start, byte[] end) {
        private static final String ID = "ID";

        static PreparedProblem of(ObjectNode problem) {
            String text = Json.bytes(problem.put("requestId", ID)).toString(StandardCharsets.UTF_8);
            int id = text.lastIndexOf(ID);
            return new PreparedProblem(
                    text.substring(0, id).getBytes(StandardCharsets.UTF_8),
                    text.substring(id + ID.length()).getBytes(StandardCharsets.UTF_8));
        }

        Buffer withId(String id) {
            byte[] middle = id.getBytes(StandardCharsets.US_ASCII);
            return Buffer.buffer(start.length + middle.length + end.length)
                    .appendBytes(start)
                    .appendBytes(middle)
                    .appendBytes(end);
        }
    }

    /** Whether a request may not begin now. If so, it counts as refused, and the caller has to send the refusal. */
    public static boolean sheds(LoopTurns turns, HttpServerRequest request) {
        RequestClass of = Askers.classOf(request);
        Optional<ShedReason> why = Askers.address(request).flatMap(remote -> turns.sheds(remote, of));
        why.ifPresent(reason -> turns.refused(reason, of));
        return why.isPresent();
    }

    /** Answers a request of which the head alone was read. */
    public static void sendAtHead(HttpServerRequest request) {
        long announced = UnwantedBody.announcedBytes(request);
        if (UnwantedBody.isShort(request, announced)) {
            send(request);
        } else {
            UnwantedBody body = new UnwantedBody(request);
            request.handler(body::drop).endHandler(end -> body.ended());
            body.refuse(announced, () -> send(request));
        }
    }

    /** Answers a request whose body is whole. */
    static void send(HttpServerRequest request) {
        PreparedProblem refusal = request.headers().contains(IDEMPOTENCY_KEY) ? REFUSAL_OF_ATTEMPT : REFUSAL;
        RetryAfter.put(request.response());
        request.response()
                .setStatusCode(STATUS)
                .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
                .end(refusal.withId(RequestIds.of(request.response())));
    }
}
