package io.quorate.common.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.quorate.common.time.Clock;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An event loop sleeps in its look at the sockets. It must not while it has something to do in the next turn. */
class LoopSleepTest {
    private static final int PORT = 7001;
    private static final int LIMIT = 8;

    private int read;
    private final LoopTurns turns =
            new LoopTurns(new OneAddress(), new Looks(), PORT, new ClientLoad(), new SetClock());
    private Client registered;
    private boolean mayHaveSlept;
    private boolean open = true;
    private boolean openBeyondLimit;
    private long nowMs;

    private final class SetClock implements Clock {
        @Override
        public long wallMs() {
            return nowMs;
        }

        @Override
        public long monotonicNs() {
            return TimeUnit.MILLISECONDS.toNanos(nowMs);
        }
    }

    /** Netty's part: notes whether it might have slept. */
    private final class Looks implements IoHandler {
        @Override
        public int run(IoHandlerContext context) {
            mayHaveSlept = context.canBlock();
            return 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            registered = (Client) handle;
            return new Open();
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return true;
        }
    }

    private static final class Open implements IoRegistration {
        @Override
        public <T> T attachment() {
            throw new AssertionError("nobody asks for it");
        }

        @Override
        public long submit(IoOps ops) {
            return 0;
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public boolean cancel() {
            return true;
        }
    }

    /** All connections are clients of one address. */
    private final class OneAddress implements LoopSockets {
        @Override
        public Transport transport(Additions additions) {
            throw new AssertionError("this loop needs no Vert.x");
        }

        @Override
        public Optional<Ends> ends(IoHandle handle) {
            return Optional.of(new Ends(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000)));
        }

        @Override
        public ClientHandle client(IoHandle handle, ClientHandle.WaitingPlace place) {
            return new Client(handle, place);
        }
    }

    /** Netty's channel of a client. */
    private final class Channel implements IoHandle {
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            read++;
        }

        @Override
        public void close() {}
    }

    @SuppressWarnings("try") // IoHandle declares that close throws any exception
    private static final class Client extends ClientHandle {
        private final IoRegistration registration = new Open();

        Client(IoHandle channel, WaitingPlace place) {
            super(channel, place);
        }

        void ready() {
            handle(registration, new IoEvent() {});
        }

        @Override
        public void handle(IoRegistration of, IoEvent event) {
            readLater(of);
        }

        @Override
        void rest(IoRegistration of) {}

        @Override
        void read(IoRegistration of) {
            tell(of, new IoEvent() {});
        }
    }

    /** Netty's own words at the end of a turn in which nothing is left to do. */
    private static final class NothingElse implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return true;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return Long.MAX_VALUE;
        }

        @Override
        public long deadlineNanos() {
            return Long.MAX_VALUE;
        }
    }

    private final class SetIntake implements Intake {
        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean isOpenBeyondLimit() {
            return openBeyondLimit;
        }

        @Override
        public int limit() {
            return LIMIT;
        }
    }

    private void turn() {
        turns.readClientsBy(new SetIntake());
        turns.run(new NothingElse());
    }

    private void becomeReady(int clients) throws Exception {
        for (int i = 0; i < clients; i++) {
            turns.register(new Channel());
            registered.ready();
        }
    }

    private Asker address() {
        return turns.asker(InetAddress.getLoopbackAddress(), RequestClass.READ);
    }

    @Test
    void itSleepsWhileNothingIsToBeDone() {
        turn();
        assertTrue(mayHaveSlept);
    }

    @Test
    void workBehindTheTurnDoesNotWait() {
        turns.afterTurn(() -> read++);
        turn();
        assertFalse(mayHaveSlept);
        assertEquals(1, read);
        turn();
        assertTrue(mayHaveSlept);
    }

    @Test
    void moreClientsThanOneTurnReadsDoNotWait() throws Exception {
        becomeReady(20);
        turn();
        assertEquals(16, read);
        turn();
        assertFalse(mayHaveSlept);
        assertEquals(20, read);
    }

    @Test
    void aClientBelowTheEvenPartDoesNotWaitWhileTheLimitIsReached() throws Exception {
        becomeReady(1);
        address().began(LIMIT);
        open = false;
        openBeyondLimit = true;
        turn();
        assertTrue(mayHaveSlept);
        assertEquals(0, read);
        address().ended(LIMIT);
        turn();
        assertFalse(mayHaveSlept);
        assertEquals(1, read);
    }

    @Test
    void itSleepsWhileNobodyMayBeRead() throws Exception {
        becomeReady(1);
        open = false;
        turn();
        assertTrue(mayHaveSlept);
    }

    @Test
    void moreLateClientsThanOneTurnRefusesDoNotWait() throws Exception {
        becomeReady(20);
        open = false;
        nowMs = ReadyClients.LATE_MS;
        turn();
        assertEquals(16, read);
        turn();
        assertFalse(mayHaveSlept);
        assertEquals(20, read);
    }
}
