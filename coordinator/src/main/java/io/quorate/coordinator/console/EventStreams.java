package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.HttpEndpoint;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code GET /v1/events}: the browsers that one event loop serves. It tells them of the cluster each second, and at once
 * when a member goes or comes back, while there are any; requests come from all loops through {@link #publish}.
 *
 * <p>Thread: the fields belong to the loop; {@link #publish} and {@link #close} may be called on any thread.
 */
public final class EventStreams implements HttpEndpoint {
    private static final long LOOK_MS = 100;
    private static final int LOOKS_PER_EVENT = 10;

    private final Console console;
    private final Context loop;
    private final ClusterJson members;
    /** Those whose connections there are. */
    private final Set<EventStream> open = new HashSet<>();
    /** Those of them that somebody reads. */
    private final Set<EventStream> streams = new LinkedHashSet<>();

    private List<String> states = List.of();
    private int looks;
    private boolean asks;
    private boolean looksAgain;
    private boolean closed;

    EventStreams(Console console, Context loop, ClusterJson members) {
        this.console = console;
        this.loop = loop;
        this.members = members;
    }

    @Override
    public boolean owns(String path) {
        return path.equals("/v1/events");
    }

    @Override
    public void handle(HttpServerRequest request, String path) {
        if (request.method() != HttpMethod.GET) {
            request.response().putHeader("Allow", "GET");
            throw new BadRequest(405, request.method() + " is not allowed here; allowed is GET");
        }
        if (closed || !console.open()) {
            request.response().putHeader("Retry-After", "1");
            Problem.refuse(request.response(), 503, whyNone());
            return;
        }
        start(new EventStream(request), request);
    }

    private String whyNone() {
        return closed
                ? "this process is closing down; watch through another node"
                : "there are " + Console.STREAMS_MAX + " event streams already; close one, or watch through another"
                        + " node";
    }

    private void start(EventStream stream, HttpServerRequest request) {
        open.add(stream);
        streams.add(stream);
        request.response().endHandler(ended -> left(stream));
        request.response().closeHandler(gone -> left(stream));
        stream.start(EventStream.event("hello", hello()));
        tell();
        if (!looksAgain) {
            looksAgain = true;
            lookLater();
        }
    }

    private ObjectNode hello() {
        return Json.object()
                .put("node", console.node().name())
                .put("cluster", console.cluster().name());
    }

    /** May be told twice of one stream: that its answer has ended, and that its connection has. */
    private void left(EventStream stream) {
        if (open.remove(stream)) {
            console.closed();
        }
        forget(stream);
    }

    private void forget(EventStream stream) {
        if (streams.remove(stream)) {
            console.unwatched();
        }
    }

    private void lookLater() {
        loop.owner().setTimer(LOOK_MS, timer -> {
            if (streams.isEmpty()) {
                looksAgain = false;
                return;
            }
            looks++;
            if (looks >= LOOKS_PER_EVENT || !members.states().equals(states)) {
                tell();
            }
            lookLater();
        });
    }

    private void tell() {
        if (asks) {
            return;
        }
        asks = true;
        looks = 0;
        states = members.states();
        members.tell(body -> {
            asks = false;
            body.set("rates", console.rates().last());
            send(EventStream.event("cluster", body));
        });
    }

    /** Shows an event to the browsers of this loop, on that loop. */
    void publish(byte[] event) {
        loop.runOnContext(onLoop -> send(event));
    }

    private void send(byte[] event) {
        for (EventStream stream : List.copyOf(streams)) {
            if (!stream.send(event)) {
                console.rates().countNotShown();
            }
            if (stream.isStuck()) {
                forget(stream);
                stream.abandon();
            }
        }
    }

    /** Ends all streams, for good: nobody needs to wait for them. */
    public void close() {
        loop.runOnContext(onLoop -> {
            closed = true;
            List.copyOf(open).forEach(EventStream::end);
        });
    }
}
