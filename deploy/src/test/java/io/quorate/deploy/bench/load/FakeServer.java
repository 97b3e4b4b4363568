package io.quorate.deploy.bench.load;

import io.quorate.common.time.Clock;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server without sockets, in virtual time. It accepts connections at once, and answers when the test says so. */
final class FakeServer implements Connector, Clock {
    private final Deque<SocketEvents> dialling = new ArrayDeque<>();
    private final Deque<Accepted> unanswered = new ArrayDeque<>();
    private final List<Accepted> accepted = new ArrayList<>();
    private long nowNs;
    private boolean refuses;

    /** One connection, as the server sees it. */
    final class Accepted implements ClientSocket {
        private final SocketEvents events;
        private boolean closed;

        private Accepted(SocketEvents events) {
            this.events = events;
        }

        @Override
        public void write(Buffer bytes) {
            unanswered.add(this);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                unanswered.remove(this);
                events.closed();
            }
        }
    }

    void refuse(boolean refused) {
        refuses = refused;
    }

    /** Lets virtual time pass in steps of a millisecond, each with a tick of the group. */
    void pass(LoadRun run, int ms) {
        for (int i = 0; i < ms; i++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(1);
            run.tick(nowNs);
            accept();
        }
    }

    /** Lets time pass in which the generator gets no processor. */
    void stall(int ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private void accept() {
        while (!dialling.isEmpty()) {
            SocketEvents events = dialling.remove();
            if (refuses) {
                events.refused();
            } else {
                Accepted connection = new Accepted(events);
                accepted.add(connection);
                events.connected(connection);
            }
        }
    }

    /** Answers all requests that are there now. */
    void answerAll(String head) {
        for (int left = unanswered.size(); left > 0; left--) {
            unanswered.remove().events.received(Buffer.buffer("HTTP/1.1 " + head + "\r\ncontent-length: 0\r\n\r\n"));
        }
    }

    /** Closes the connections of all requests that are there now. */
    void closeAll() {
        List.copyOf(unanswered).forEach(Accepted::close);
    }

    int unanswered() {
        return unanswered.size();
    }

    int connectionsEver() {
        return accepted.size();
    }

    long openConnections() {
        return accepted.stream().filter(each -> !each.closed).count();
    }

    @Override
    public void connect(SocketEvents events) {
        dialling.add(events);
    }

    @Override
    public long monotonicNs() {
        return nowNs;
    }

    @Override
    public long wallMs() {
        return TimeUnit.NANOSECONDS.toMillis(nowNs);
    }
}
