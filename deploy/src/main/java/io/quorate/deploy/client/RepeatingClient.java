package io.quorate.deploy.client;

import io.quorate.deploy.terminal.CommandFailure;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends many changes at the same time, each again and again until an endpoint answers or its time is over. It is only
 * for changes that may be sent twice. All use the same endpoint, up to its first failure.
 */
public final class RepeatingClient implements AutoCloseable {
    private final EndpointConnections connections;
    private final Context loop;
    private final EndpointTurn turn;
    private final Duration longest;
    private volatile boolean stopped;

    /**
     * @param atOnce how many calls will be under way at the same time
     * @param longest after that time a call is not sent again
     * @throws CommandFailure if a file of TLS is missing or wrong
     */
    public RepeatingClient(List<Endpoint> endpoints, ClientTls tls, ClientToken token, int atOnce, Duration longest) {
        this.connections = new EndpointConnections(tls, token, atOnce);
        this.loop = connections.vertx().getOrCreateContext();
        this.turn = new EndpointTurn(endpoints);
        this.longest = longest;
    }

    /** @param done is called once, on the event loop */
    public void send(Call call, byte[] body, Consumer<CallEnd> done) {
        loop.runOnContext(now -> new RepeatedCall(connections, turn, call, body, this::mayRepeatAfter, done).attempt());
    }

    private boolean mayRepeatAfter(long elapsedMs) {
        return !stopped && elapsedMs < longest.toMillis();
    }

    /** What is under way is not sent again. */
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        connections.close();
    }
}
