package io.quorate.deploy.bench.closed;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.bench.request.Dialogue;
import io.quorate.deploy.bench.request.HttpAnswer;
import io.quorate.deploy.client.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;

/** One client of the closed loop: sends a request, waits for its answer, sends the next. Belongs to the event loop. */
final class Client {
    private static final long RECONNECT_DELAY_MS = 20;

    private final Vertx vertx;
    private final NetClient net;
    private final List<Endpoint> endpoints;
    private final Loop loop;
    private int endpoint;
    private NetSocket socket;
    private Dialogue dialogue;
    private Loop.OpenRequest inFlight;
    private long sentNs;

    /** @param first the endpoint that it connects to first. When one fails, it goes on to the next */
    Client(Vertx vertx, NetClient net, List<Endpoint> endpoints, int first, Loop loop) {
        this.vertx = vertx;
        this.net = net;
        this.endpoints = endpoints;
        this.endpoint = first % endpoints.size();
        this.loop = loop;
    }

    void start() {
        Endpoint target = endpoints.get(endpoint);
        net.connect(target.connectOptions()).onSuccess(this::connected).onFailure(refused -> {
            loop.notConnected(target);
            reconnect();
        });
    }

    private void connected(NetSocket connection) {
        socket = connection;
        dialogue = loop.begin(connection::write, this::answered);
        socket.handler(dialogue::received);
        socket.exceptionHandler(broken -> socket.close());
        socket.closeHandler(closed -> lost());
        Buffer opening = dialogue.opening();
        if (opening.length() > 0) {
            socket.write(opening);
        }
        next();
    }

    private void next() {
        loop.next().ifPresentOrElse(this::send, this::end);
    }

    private void send(Loop.OpenRequest request) {
        inFlight = request;
        sentNs = SystemClock.INSTANCE.monotonicNs();
        socket.write(dialogue.request(request.kind(), request.key()));
    }

    private void answered(HttpAnswer answer) {
        Loop.OpenRequest request = inFlight;
        inFlight = null;
        loop.answered(request, answer, sentNs);
        next();
    }

    private void end() {
        NetSocket connection = socket;
        socket = null;
        loop.ended();
        connection.close();
    }

    private void lost() {
        if (socket == null) {
            return;
        }
        socket = null;
        if (inFlight != null) {
            loop.lost(inFlight);
            inFlight = null;
        }
        reconnect();
    }

    private void reconnect() {
        endpoint = (endpoint + 1) % endpoints.size();
        vertx.setTimer(RECONNECT_DELAY_MS, due -> {
            if (loop.isOver()) {
                loop.ended();
            } else {
                start();
            }
        });
    }
}
