package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.console.HttpServerUnderTest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every request ends, also one whose answer throws. */
class FailedRequestTest {
    @Test
    void aDefectIsAnsweredBy500() throws IOException {
        String answer = answer(response -> {
            throw new AssertionError("a planned defect");
        });
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertTrue(answer.replace(" ", "").contains("\"outcome\":\"unknown\""), answer);
    }

    @Test
    void aWrongRequestIsAnsweredAsWrong() throws IOException {
        String answer = answer(response -> {
            throw new BadRequest(415, "not that");
        });
        assertTrue(answer.startsWith("HTTP/1.1 415 "), answer);
    }

    @Test
    void anAnswerThatHasBegunIsCut() throws IOException {
        String answer = answer(response -> {
            response.setChunked(true).write("half");
            throw new IllegalStateException("a planned defect");
        });
        assertFalse(answer.endsWith("0\r\n\r\n"), answer);
    }

    /** What a part of a request that runs later does. */
    private static String answer(Consumer<HttpServerResponse> part) throws IOException {
        try (HttpServerUnderTest server = new HttpServerUnderTest(loop -> request -> {
            new RequestIds(1).name(request);
            loop.runOnContext(later -> FailedRequest.guard(request.response(), () -> part.accept(request.response())));
        })) {
            return server.answer("GET /x", "Host: q");
        }
    }
}
