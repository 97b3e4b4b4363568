package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.thread.Defects;
import io.quorate.coordinator.api.access.AccessCaller;
import io.quorate.coordinator.api.access.AccessRole;
import io.quorate.coordinator.api.access.Requirement.RoleOf;
import io.quorate.coordinator.api.cluster.ClusterJson;
import io.quorate.coordinator.api.http.Json;
import io.quorate.coordinator.api.http.Problem;
import io.quorate.coordinator.api.http.RetryAfter;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.coordinator.api.route.RequestContent;
import io.quorate.coordinator.api.route.Route;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code GET /v1/events}: the browsers that one event loop serves. While there are any, it sends them the state of the
 * cluster each second, and at once when a member goes or comes back. Requests come from all loops through
 * {@link #publish}.
 *
 * <p>Thread: the fields belong to the loop. {@link #publish} and {@link #close} may be called on any thread.
 */
public final class EventStreams implements HttpEndpoint {
    private static final long TICK_MS = 100;
    private static final int TICKS_PER_EVENT = 10;

    private final ConsoleState console;
    private final Context loop;
    private final ClusterJson members;
    /** Streams with an open connection. */
    private final Set<EventStream> connected = new HashSet<>();
    /** Those of them that a browser reads. */
    private final Set<EventStream> watching = new LinkedHashSet<>();

    private List<String> memberStates = List.of();
    private int ticksSinceEvent;
    private boolean isTicking;
    private boolean isAskingMembers;
    private boolean isClosed;

    EventStreams(ConsoleState console, Context loop, ClusterJson members) {
        this.console = console;
        this.loop = loop;
        this.members = members;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(
                HttpMethod.GET, "/v1/events", new RoleOf(AccessRole.OBSERVE), RequestContent.NONE, this::open));
    }

    private void open(HttpServerRequest request, String noVariable, AccessCaller caller) {
        if (isClosed || !console.audience().join()) {
            RetryAfter.put(request.response());
            Problem.refuse(request.response(), 503, whyRefused());
            return;
        }
        start(new EventStream(request, caller), request);
    }

    private String whyRefused() {
        return isClosed
                ? "this process is closing down; watch through another node"
                : "there are " + Audience.STREAMS_MAX + " event streams already; close one, or watch through another"
                        + " node";
    }

    private void start(EventStream stream, HttpServerRequest request) {
        connected.add(stream);
        watching.add(stream);
        request.response().endHandler(ended -> disconnected(stream));
        request.response().closeHandler(gone -> disconnected(stream));
        stream.start(WatchedEvent.of("hello", hello()));
        sendCluster();
        if (!isTicking) {
            isTicking = true;
            tickLater();
        }
    }

    private ObjectNode hello() {
        return Json.object()
                .put("node", console.node().name())
                .put("cluster", console.cluster().name());
    }

    /** Called once or twice for a stream: when its answer has ended, and when its connection has. */
    private void disconnected(EventStream stream) {
        if (connected.remove(stream)) {
            console.audience().disconnect();
        }
        stopWatching(stream);
    }

    private void stopWatching(EventStream stream) {
        if (watching.remove(stream)) {
            console.audience().stopWatching();
        }
    }

    private void tickLater() {
        loop.owner().setTimer(TICK_MS, timer -> {
            if (watching.isEmpty()) {
                isTicking = false;
                return;
            }
            Defects.contain(this::tick);
            tickLater();
        });
    }

    private void tick() {
        ticksSinceEvent++;
        if (ticksSinceEvent >= TICKS_PER_EVENT || !members.states().equals(memberStates)) {
            sendCluster();
        }
    }

    private void sendCluster() {
        if (isAskingMembers) {
            return;
        }
        isAskingMembers = true;
        ticksSinceEvent = 0;
        memberStates = members.states();
        members.inspect(states -> {
            isAskingMembers = false;
            ObjectNode body = members.body(states);
            body.set("rates", console.rates().last());
            send(WatchedEvent.of("cluster", body));
        });
    }

    /** Sends an event to the browsers of this loop, on that loop. */
    void publish(WatchedEvent event) {
        loop.runOnContext(onLoop -> send(event));
    }

    private void send(WatchedEvent event) {
        for (EventStream stream : List.copyOf(watching)) {
            Defects.contain(() -> send(stream, event));
        }
    }

    /** A stream lasts long. So its caller is judged again for each event. */
    private void send(EventStream stream, WatchedEvent event) {
        if (!stream.mayGoOn()) {
            stopWatching(stream);
            stream.end();
            return;
        }
        if (!stream.send(event)) {
            console.rates().countNotShown();
        }
        if (stream.isStuck()) {
            stopWatching(stream);
            stream.abandon();
        }
    }

    /** Ends all streams, for good. The caller need not wait for that. */
    public void close() {
        loop.runOnContext(onLoop -> {
            isClosed = true;
            List.copyOf(connected).forEach(stream -> Defects.contain(stream::end));
        });
    }
}
