package io.quorate.deploy.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.openapi.ApiOperation.Answer;
import io.vertx.core.MultiMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Server-sent events of a node, an answer that is judged although it does not end. */
final class StreamOfEvents implements AutoCloseable {
    /** One of them comes each second. */
    private static final int EVENTS_MAX = 60;

    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;

    private StreamOfEvents(HttpResponse<InputStream> answer) {
        this.answer = answer;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    /** Returns when the node has begun to answer. */
    static StreamOfEvents open(int httpPort) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + LocalNode.HOST + ":" + httpPort + "/v1/events");
        return new StreamOfEvents(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).version(Version.HTTP_1_1).build(), BodyHandlers.ofInputStream()));
    }

    /** The answer of the node until it has an event of each of these names. */
    Answer readUntil(String... names) throws IOException {
        Set<String> missing = new TreeSet<>(List.of(names));
        StringBuilder text = new StringBuilder();
        for (int left = EVENTS_MAX; !missing.isEmpty(); left--) {
            String event = next();
            text.append(event);
            missing.removeIf(name -> event.contains("event: " + name + "\n"));
            if (left == 0 || event.isEmpty()) {
                throw new AssertionError("no event " + missing + " in\n" + text);
            }
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        answer.headers().map().forEach(headers::add);
        return new Answer(answer.statusCode(), headers, text.toString());
    }

    /** With the empty line that ends it, or nothing at the end of the stream. */
    private String next() throws IOException {
        StringBuilder event = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            event.append(line).append('\n');
            if (line.isEmpty()) {
                break;
            }
        }
        return event.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
