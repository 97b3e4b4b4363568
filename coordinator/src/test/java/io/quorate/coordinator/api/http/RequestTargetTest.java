package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/kv/a?x=secret, /v1/kv/a",
        "/v1/kv/me@example.com, /v1/kv/me@example.com",
        "http://localhost/v1/kv/a?x=secret, /v1/kv/a",
        "http://localhost?x=secret, /",
        "*, *",
        "http://user:secret@localhost/x, localhost/x",
        "http://user:secret@more:secret@localhost/x?y=secret, localhost/x",
        "http://user:secret?more@localhost/x, /",
        "ftp://user:secret?more@localhost/x, ...",
        "v1/kv/a?x=me@secret, v1/kv/a",
        "v1?x=me@secret, ...",
        "user:secret@localhost:80, localhost:80",
        "ftp://localhost/x@y, ftp://localhost/x@y",
        "v1/kv/a?x=secret, v1/kv/a"
    })
    void aLogHasNeitherTheQueryNorTheUser(String target, String logged) {
        assertEquals(logged, RequestTarget.logText(target));
    }

    @Test
    void theAnswerToAnUnknownTargetDoesNotRepeatAPassword() {
        String message = assertThrows(
                        BadRequest.class, () -> RequestTarget.parse("http://user:secret@localhost/x?y=secret"))
                .getMessage();
        assertFalse(message.contains("secret"), message);
    }
}
