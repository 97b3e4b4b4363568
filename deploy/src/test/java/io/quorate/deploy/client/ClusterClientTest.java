package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which endpoint gets a request, and what is concluded when there is no answer. */
class ClusterClientTest {
    private static final Call READ = Call.get("/v1/kv/k");
    private static final Call WRITE =
            Call.change("PUT", "/v1/kv/k", Optional.of(new Payload.Text("v")), "Read it first.");

    @Test
    void anEndpointThatRefusesConnectionsIsPassedOverEvenByAWrite() throws IOException {
        try (FakeNode alive = FakeNode.answering("200 OK", "", "")) {
            assertEquals(200, send(WRITE, closedPort(), alive.endpoint()).status());
            assertEquals(1, alive.requests().size());
        }
    }

    @Test
    void aWriteThatMayHaveBeenAppliedIsNotSentToAnother() {
        try (FakeNode dying = FakeNode.dying();
                FakeNode alive = FakeNode.answering("200 OK", "", "")) {
            CommandFailure failure =
                    assertThrows(CommandFailure.class, () -> send(WRITE, dying.endpoint(), alive.endpoint()));
            assertEquals(ExitCode.UNKNOWN, failure.exitCode());
            assertTrue(failure.getMessage().endsWith("Read it first."), failure::getMessage);
            assertEquals(List.of(), alive.requests());
        }
    }

    @Test
    void aReadIsSentToAnother() {
        try (FakeNode dying = FakeNode.dying();
                FakeNode alive = FakeNode.answering("200 OK", "", "v")) {
            assertEquals(200, send(READ, dying.endpoint(), alive.endpoint()).status());
        }
    }

    @Test
    void aNodeWithoutAQuorumIsPassedOverIfItVouchesThatNothingWasApplied() {
        try (FakeNode cutOff = FakeNode.refusing("503 Service Unavailable", "none");
                FakeNode alive = FakeNode.answering("200 OK", "", "")) {
            assertEquals(200, send(WRITE, cutOff.endpoint(), alive.endpoint()).status());
        }
        try (FakeNode proxy = FakeNode.answering("503 Service Unavailable", "", "");
                FakeNode alive = FakeNode.answering("200 OK", "", "")) {
            Answer answer = send(WRITE, proxy.endpoint(), alive.endpoint());
            assertEquals(ExitCode.UNKNOWN, Refusal.of(answer, WRITE).exitCode());
            assertEquals(List.of(), alive.requests());
        }
    }

    /** Such as a proxy at the port of one node. */
    @Test
    void aReadPassesOverAServerThatIsNoNodeWhateverItAnswers() {
        for (String status : List.of("200 OK", "302 Found", "404 Not Found", "412 Precondition Failed")) {
            try (FakeNode stranger = FakeNode.stranger(status, "", "no");
                    FakeNode alive = FakeNode.answering("200 OK", "", "v\n");
                    ClusterClient client = new ClusterClient(List.of(stranger.endpoint(), alive.endpoint()))) {
                assertEquals(alive.endpoint(), client.send(READ).from(), status);
                assertEquals(Optional.of("v"), client.lines(READ).next(), status);
            }
        }
    }

    @Test
    void ifNoNodeTakesAReadTheRefusalOfANodeSaysMoreThanThatOfAnotherServer() {
        try (FakeNode cutOff = FakeNode.refusing("503 Service Unavailable", "none");
                FakeNode stranger = FakeNode.stranger("404 Not Found", "", "")) {
            assertEquals(503, send(READ, cutOff.endpoint(), stranger.endpoint()).status());
            assertEquals(503, send(READ, stranger.endpoint(), cutOff.endpoint()).status());
            assertEquals(404, send(READ, stranger.endpoint()).status());
        }
    }

    @Test
    void aServerThatIsNoNodeDoesNotHideWhyNodesAreSilent() throws IOException {
        Endpoint nobody = closedPort();
        try (FakeNode stranger = FakeNode.stranger("404 Not Found", "", "")) {
            for (Endpoint[] each : new Endpoint[][] {{stranger.endpoint(), nobody}, {nobody, stranger.endpoint()}}) {
                String failure = assertThrows(CommandFailure.class, () -> send(READ, each))
                        .getMessage();
                assertTrue(failure.contains(nobody + " ("), failure);
                assertTrue(failure.contains(stranger.endpoint() + " (answers 404, and is no node)"), failure);
            }
        }
    }

    @Test
    void aWriteThatAnotherServerAnsweredIsNotSentToANode() {
        try (FakeNode stranger = FakeNode.stranger("405 Method Not Allowed", "", "");
                FakeNode alive = FakeNode.answering("200 OK", "", "")) {
            Answer answer = send(WRITE, stranger.endpoint(), alive.endpoint());
            assertEquals(ExitCode.UNKNOWN, Refusal.of(answer, WRITE).exitCode());
            assertEquals(List.of(), alive.requests());
        }
    }

    @Test
    void ifNobodyAnswersNothingWasChanged() throws IOException {
        Endpoint nobody = closedPort();
        CommandFailure failure = assertThrows(CommandFailure.class, () -> send(WRITE, nobody));
        assertEquals(ExitCode.REFUSED, failure.exitCode());
        assertTrue(failure.getMessage().contains(nobody + " (connection refused)"), failure::getMessage);
    }

    @Test
    void anAnswerThatIsNoSuccessIsRefusedOrUnknownAsItSaysItself() {
        assertEquals(ExitCode.REFUSED, verdict(FakeNode.refusing("412 Precondition Failed", "none"), WRITE));
        assertEquals(ExitCode.REFUSED, verdict(FakeNode.refusing("507 Insufficient Storage", "none"), WRITE));
        assertEquals(ExitCode.UNKNOWN, verdict(FakeNode.refusing("504 Gateway Timeout", "unknown"), WRITE));
        assertEquals(ExitCode.UNKNOWN, verdict(FakeNode.refusing("500 Internal Server Error", "unknown"), WRITE));
        assertEquals(ExitCode.REFUSED, verdict(FakeNode.refusing("500 Internal Server Error", "unknown"), READ));
        assertEquals(ExitCode.UNKNOWN, verdict(FakeNode.answering("502 Bad Gateway", "", "no"), WRITE));
        assertEquals(ExitCode.UNKNOWN, verdict(FakeNode.stranger("412 Precondition Failed", "", ""), WRITE));
        assertEquals(ExitCode.UNKNOWN, verdict(FakeNode.stranger("404 Not Found", "", ""), WRITE));
    }

    @Test
    void aStreamIsReadLineByLineHoweverItIsCutIntoPieces() {
        try (FakeNode node = FakeNode.dyingAfter("one\ntw");
                ClusterClient client = new ClusterClient(List.of(node.endpoint()))) {
            Lines lines = client.lines(READ);
            assertEquals(Optional.of("one"), lines.next());
            assertEquals(Optional.empty(), lines.next());
        }
    }

    private static int verdict(FakeNode node, Call call) {
        try (node) {
            return Refusal.of(send(call, node.endpoint()), call).exitCode();
        }
    }

    private static Answer send(Call call, Endpoint... endpoints) {
        try (ClusterClient client = new ClusterClient(List.of(endpoints))) {
            return client.send(call);
        }
    }

    private static Endpoint closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }
    }
}
