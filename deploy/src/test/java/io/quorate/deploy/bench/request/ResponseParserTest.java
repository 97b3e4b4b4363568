package io.quorate.deploy.bench.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResponseParserTest {
    private static final String RESPONSES =
            "HTTP/1.1 200 OK\r\netag: \"1.2.3.0\"\r\nQuorate-Evidence: n=3; rounds=1\r\n"
                    + "content-type: text/plain\r\ncontent-length: 12\r\n\r\nHTTP/1.1 9\r\n"
                    + "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
                    + "HTTP/1.1 204 No Content\r\nx-content-length: 7\r\n\r\n"
                    + "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length:2\r\n\r\n{}";

    private final List<Integer> statuses = new ArrayList<>();
    private final ResponseParser parser = new ResponseParser(answer -> statuses.add(answer.status()));

    @Test
    void responsesInOnePieceAreTold() {
        parser.add(Buffer.buffer(RESPONSES));
        assertEquals(List.of(200, 201, 204, 503), statuses);
    }

    @Test
    void responsesByteByByteAreTold() {
        for (char c : RESPONSES.toCharArray()) {
            parser.add(Buffer.buffer(String.valueOf(c)));
        }
        assertEquals(List.of(200, 201, 204, 503), statuses);
    }

    @Test
    void responsesCutAnywhereAreTold() {
        for (int cut = 1; cut < RESPONSES.length(); cut++) {
            statuses.clear();
            parser.add(Buffer.buffer(RESPONSES.substring(0, cut)));
            parser.add(Buffer.buffer(RESPONSES.substring(cut)));
            assertEquals(List.of(200, 201, 204, 503), statuses, "cut at " + cut);
        }
    }

    @Test
    void aResponseIsNotToldBeforeItsLastByte() {
        String response = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
        parser.add(Buffer.buffer(response.substring(0, response.length() - 1)));
        assertEquals(List.of(), statuses);
        parser.add(Buffer.buffer("c"));
        assertEquals(List.of(200), statuses);
    }
}
