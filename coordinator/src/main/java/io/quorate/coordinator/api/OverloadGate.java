package io.quorate.coordinator.api;

import io.quorate.common.loop.LoopTurns;
import io.quorate.coordinator.api.http.AnswerHeaders;
import io.quorate.coordinator.api.http.OverloadRefusal;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.origin.Callers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Refuses the requests for keys that waited too long for their turn, or whose class gives way to a higher one
 * ({@link LoopTurns#sheds}), before anything of them is parsed. What is admitted here asks once more when its body is
 * whole. Used on one event loop only.
 */
public final class OverloadGate {
    private final LoopTurns turns;
    private final Callers callers;
    private final RequestIds requestIds;

    /** @param callers whose pages may read a refusal */
    public OverloadGate(LoopTurns turns, Callers callers, RequestIds requestIds) {
        this.turns = turns;
        this.callers = callers;
        this.requestIds = requestIds;
    }

    /** Health, metrics and the cluster pass. */
    public Handler<HttpServerRequest> before(Handler<HttpServerRequest> handler) {
        return request -> {
            if (OverloadRefusal.sheds(turns, request)) {
                AnswerHeaders.begin(request, requestIds);
                callers.putHeaders(request);
                OverloadRefusal.sendAtHead(request);
            } else {
                handler.handle(request);
            }
        };
    }
}
