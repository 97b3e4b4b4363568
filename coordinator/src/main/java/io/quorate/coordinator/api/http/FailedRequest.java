package io.quorate.coordinator.api.http;

import io.quorate.common.thread.Defects;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/**
 * Ends a request that failed by a defect of Quorate, so that its client does not wait for an answer that never comes.
 * Every part of a request that runs later than its handler runs within {@link #guard}.
 */
public final class FailedRequest {
    private FailedRequest() {}

    /** Runs a part of a request. {@link BadRequest} becomes the answer, and any other exception becomes 500. */
    public static void guard(HttpServerResponse response, Runnable part) {
        try {
            part.run();
        } catch (BadRequest e) {
            Problem.refuse(response, e.status(), e.getMessage());
        } catch (RuntimeException | Error e) {
            answer(response, e);
        }
    }

    /** As {@link #guard(HttpServerResponse, Runnable)}, for a part that receives a result. */
    public static <T> Consumer<T> guard(HttpServerResponse response, Consumer<T> part) {
        return result -> guard(response, () -> part.accept(result));
    }

    /** Answers 500, or cuts an answer that has begun. The request may have failed before its operation or behind it. */
    private static void answer(HttpServerResponse response, Throwable defect) {
        Defects.report(new IllegalStateException("request " + RequestIds.of(response) + " failed", defect));
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        String detail = "this is a defect of Quorate; the log of this process has more."
                + " Whether anything was applied is unknown";
        Problem.send(response, 500, Problem.of(500, detail, Problem.Effect.UNKNOWN));
    }
}
