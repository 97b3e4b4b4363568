package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that does not open proves that nothing was sent, whatever the system says of it. */
class EndpointSocketsTest {
    private final EndpointSockets sockets = new EndpointSockets(ClientTls.NONE);

    private NotSentException failureAt(String endpoint) {
        NotSentException failure =
                assertThrows(NotSentException.class, () -> sockets.open(Endpoint.parse(endpoint), 2_000));
        assertTrue(SendFailure.isBeforeSending(failure));
        return failure;
    }

    @Test
    void aPortWithoutAListenerIsRefused() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertEquals("connection refused", SendFailure.text(failureAt("127.0.0.1:" + port)));
    }

    /** The system refuses to send there, by an exception that says neither "refused" nor "no route". */
    @ParameterizedTest
    @ValueSource(strings = {"255.255.255.255:7001", "name.invalid:7001"})
    void anAddressThatCannotBeReachedIsNoUnknownOutcome(String endpoint) {
        failureAt(endpoint);
    }
}
