package io.quorate.coordinator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.Askers;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.http.RetryAfter;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Answers by 429 the requests for keys that waited too long for their turn, or whose class gives way to a higher one
 * ({@link LoopTurns#sheds}), before anything of them is parsed. A refusal must cost less than a request. Used on one
 * event loop only.
 */
public final class OverloadGate {
    private static final int STATUS = 429;
    private static final int BODY_BYTES_MAX = 64 << 10;
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

    private final LoopTurns turns;
    private final ClientLoad load;
    private final RequestIds requestIds;

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

    public OverloadGate(LoopTurns turns, ClientLoad load, RequestIds requestIds) {
        this.turns = turns;
        this.load = load;
        this.requestIds = requestIds;
    }

    /** Health, metrics and the cluster pass. So does a page of another origin, which needs headers. */
    public Handler<HttpServerRequest> before(Handler<HttpServerRequest> handler) {
        return request -> {
            RequestClass of = Askers.classOf(request);
            Optional<ShedReason> why = turns.sheds(of);
            if (why.isPresent() && canBeRefusedHere(request)) {
                turns.refused(why.get(), of);
                load.refused(why.get(), of);
                refuse(request);
            } else {
                handler.handle(request);
            }
        };
    }

    private static boolean canBeRefusedHere(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.ORIGIN) && hasShortBody(request);
    }

    /** A long body must be read to its end. Its handler does so, and knows limits. */
    private static boolean hasShortBody(HttpServerRequest request) {
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : length.length() <= 5 && Integer.parseInt(length) <= BODY_BYTES_MAX;
    }

    private void refuse(HttpServerRequest request) {
        AnswerHeaders.begin(request, requestIds);
        PreparedProblem refusal = request.headers().contains(IDEMPOTENCY_KEY) ? REFUSAL_OF_ATTEMPT : REFUSAL;
        RetryAfter.put(request.response());
        request.response()
                .setStatusCode(STATUS)
                .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
                .end(refusal.withId(RequestIds.of(request.response())));
    }
}
