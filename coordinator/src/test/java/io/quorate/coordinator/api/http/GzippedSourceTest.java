package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.quorate.common.memory.Reservation;
import io.quorate.coordinator.console.HttpServerUnderTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GzippedSourceTest {
    private static final int PATIENCE_MS = 20_000;
    private static final String LINE = "a line without a successor\n";

    private final MemoryBudget memory = new MemoryBudget(64 << 20);

    /** Lines that a test adds. Used on the event loop. */
    private static final class Lines implements AnswerSource {
        private final Queue<String> lines = new ArrayDeque<>();
        private boolean complete;

        @Override
        public Optional<Buffer> next() {
            return Optional.ofNullable(lines.poll()).map(Buffer::buffer);
        }

        @Override
        public boolean isOver() {
            return complete && lines.isEmpty();
        }
    }

    @Test
    void aLineArrivesBeforeTheNextOneIsMade() throws IOException {
        Lines lines = new Lines();
        lines.lines.add(LINE);
        CompletableFuture<Runnable> end = new CompletableFuture<>();
        try (HttpServerUnderTest server = new HttpServerUnderTest(loop -> request -> {
            PacedAnswer answer = answer(request, lines);
            answer.begin();
            end.complete(() -> loop.runOnContext(back -> {
                lines.lines.add(LINE);
                lines.complete = true;
                answer.resume();
            }));
        })) {
            HttpURLConnection connection = connect(server, "gzip");
            InputStream body = new GZIPInputStream(connection.getInputStream(), 16);
            assertEquals(LINE, new String(body.readNBytes(LINE.length()), UTF_8));
            assertEquals(Gzip.STATE_BYTES, memory.inUseBytes(), "the compressor is charged");
            end.join().run();
            assertEquals(LINE, new String(body.readAllBytes(), UTF_8));
            await().until(() -> memory.inUseBytes() == 0);
        }
    }

    @Test
    void aClientThatGoesAwayLeavesNoCompressorBehind() throws IOException {
        Lines lines = new Lines();
        lines.lines.add(LINE);
        try (HttpServerUnderTest server = new HttpServerUnderTest(
                loop -> request -> answer(request, lines).begin())) {
            HttpURLConnection connection = connect(server, "gzip");
            connection.getInputStream().read();
            connection.disconnect();
            await().until(() -> memory.inUseBytes() == 0);
        }
    }

    @Test
    void aShortAnswerGoesAsItIs() throws IOException {
        Lines lines = new Lines();
        lines.lines.add(LINE);
        lines.complete = true;
        try (HttpServerUnderTest server = new HttpServerUnderTest(
                loop -> request -> answer(request, lines).begin())) {
            HttpURLConnection connection = connect(server, "gzip");
            assertEquals(LINE, new String(connection.getInputStream().readAllBytes(), UTF_8));
            assertNull(connection.getContentEncoding());
        }
    }

    @Test
    void withoutMemoryForACompressorTheAnswerGoesAsItIs() throws IOException {
        Lines lines = new Lines();
        lines.lines.add(LINE.repeat(1_000));
        lines.complete = true;
        MemoryBudget small = new MemoryBudget(1 << 10);
        try (HttpServerUnderTest server = new HttpServerUnderTest(loop -> request -> {
            Reservation held = new Reservation(small, MemoryUse.ANSWER);
            PacedAnswer.of(request.response(), GzippedSource.of(request, lines, held), held::close)
                    .begin();
        })) {
            HttpURLConnection connection = connect(server, "gzip");
            assertEquals(
                    LINE.repeat(1_000), new String(connection.getInputStream().readAllBytes(), UTF_8));
            assertNull(connection.getContentEncoding());
            assertFalse(small.inUseBytes() > 0);
        }
    }

    private PacedAnswer answer(HttpServerRequest request, AnswerSource source) {
        Reservation held = new Reservation(memory, MemoryUse.ANSWER);
        return PacedAnswer.of(request.response(), GzippedSource.of(request, source, held), held::close);
    }

    private static HttpURLConnection connect(HttpServerUnderTest server, String acceptEncoding) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server.uri()).toURL().openConnection();
        connection.setRequestProperty("Accept-Encoding", acceptEncoding);
        connection.setReadTimeout(PATIENCE_MS);
        return connection;
    }
}
