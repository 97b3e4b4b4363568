package io.quorate.deploy.console;

import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One stream of {@code /v1/events}, and all that came of it so far. */
final class Events implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private record Event(String name, JsonObject data) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Void>> stream;
    private final Lines lines = new Lines();

    Events(LocalNode node) {
        URI uri = URI.create("http://" + LocalNode.HOST + ":" + node.httpPort() + "/v1/events");
        stream = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.fromLineSubscriber(lines));
        await("cluster", event -> true);
    }

    /** The first event of that name, from the stream's start, that is as wanted. */
    JsonObject await(String name, Predicate<JsonObject> wanted) {
        try {
            return Awaitility.await(name)
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> first(name, wanted), found -> found != null);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no such " + name + " among " + events, e);
        }
    }

    boolean has(String name, Predicate<JsonObject> wanted) {
        return first(name, wanted) != null;
    }

    JsonObject awaitRequest(String kind, String key) {
        return await(
                "request", request -> kind.equals(request.getString("kind")) && key.equals(request.getString("key")));
    }

    private JsonObject first(String name, Predicate<JsonObject> wanted) {
        return events.stream()
                .filter(event -> event.name().equals(name) && wanted.test(event.data()))
                .map(Event::data)
                .findFirst()
                .orElse(null);
    }

    /** Waits until the server has ended the stream as it should, which a connection that is cut does not. */
    void awaitEnd() {
        Awaitility.await().atMost(LONGEST).until(stream::isDone);
        stream.join();
    }

    @Override
    public String toString() {
        return events.toString();
    }

    @Override
    public void close() {
        lines.subscription.cancel();
    }

    private final class Lines implements Flow.Subscriber<String> {
        private volatile Flow.Subscription subscription;
        private String name;

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                events.add(new Event(name, new JsonObject(line.substring("data: ".length()))));
            }
        }

        @Override
        public void onError(Throwable cut) {}

        @Override
        public void onComplete() {}
    }
}
