package io.quorate.deploy.bench.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpAnswerTest {
    private static final String NO_QUORUM = "{\n  \"type\" : \"about:blank\",\n  \"detail\" : \"2 of 3 replicas are"
            + " needed, and too few answered; missing: n2. Nothing was applied\"}";
    private static final String CLOSING = "{\"detail\":\"the node n3 stops; try another one\"}";

    @Test
    void aReadThatFoundNothingIsGoodAndAWriteThatFoundNothingIsNot() {
        HttpAnswer notFound = new HttpAnswer(404, false, false, "");
        assertTrue(notFound.isGood(RequestKind.READ));
        assertFalse(notFound.isGood(RequestKind.WRITE));
    }

    @Test
    void equalReasonsHaveEqualLabels() {
        assertEquals("503 no quorum", new HttpAnswer(503, false, false, NO_QUORUM).label());
        assertEquals("503 the node nN stops", new HttpAnswer(503, false, false, CLOSING).label());
        assertEquals("504", new HttpAnswer(504, false, false, "{}").label());
    }

    @Test
    void aRefusalShouldSayWhenToTryAgain() {
        assertEquals(
                "429",
                parse("HTTP/1.1 429 Too Many\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n")
                        .label());
        assertEquals(
                "429 without Retry-After",
                parse("HTTP/1.1 429 Too Many\r\ncontent-length: 0\r\n\r\n").label());
    }

    @Test
    void theBodyOfAFailureIsKeptAlsoFromChunks() {
        String head = "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunks = "b\r\n" + CLOSING.substring(0, 11) + "\r\n" + Integer.toHexString(CLOSING.length() - 11)
                + "\r\n" + CLOSING.substring(11) + "\r\n0\r\n\r\n";
        assertEquals(CLOSING, parse(head + chunks).problem());
    }

    private static HttpAnswer parse(String response) {
        List<HttpAnswer> answers = new ArrayList<>();
        ResponseParser parser = new ResponseParser(answers::add);
        parser.add(Buffer.buffer(response + "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        assertEquals(2, answers.size());
        assertEquals(200, answers.get(1).status());
        return answers.get(0);
    }
}
