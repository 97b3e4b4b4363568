package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @Test
    void anAddressHasAHostAndAPort() {
        assertEquals(new Endpoint("db1.example", 7001), Endpoint.parse("http://db1.example:7001/"));
        assertEquals(new Endpoint("::1", 7001), Endpoint.parse("[::1]:7001"));
        assertEquals(new Endpoint("db1.example", 7001, true), Endpoint.parse("https://db1.example:7001/"));
        assertEquals("[::1]:7001", Endpoint.parse("[::1]:7001").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7001",
                "host",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                "::1:7001",
                "[]:1",
                "a b:1",
                "u@h:1"
            })
    void anythingElseIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text));
    }
}
