package io.quorate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BearerTokenTest {
    private static final Call CALL = Call.of("GET", "/v1/kv/a");

    private final AtomicInteger asked = new AtomicInteger();
    private final BearerToken token = new BearerToken(Optional.of(() -> "qrt_" + asked.incrementAndGet() + "\n"));

    @Test
    void eachRequestAsksForTheTokenAnew() {
        assertEquals(Optional.of("Bearer qrt_1"), sent("https://n1:7001", token));
        assertEquals(Optional.of("Bearer qrt_2"), sent("https://n1:7001", token));
    }

    @Test
    void aTokenIsNotSentWithoutTls() {
        assertEquals(Optional.empty(), sent("http://n1:7001", token));
        assertEquals(0, asked.get());
        assertEquals(Optional.empty(), sent("https://n1:7001", BearerToken.NONE));
    }

    private static Optional<String> sent(String endpoint, BearerToken token) {
        return CALL.at(URI.create(endpoint), 1_000, token).headers().firstValue("Authorization");
    }
}
