package io.quorate.common.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.FastThreadLocal;
import io.quorate.common.link.ClientNetwork;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of an event loop that waits for its sockets. It lets Netty serve those that are ready, and holds back the
 * clients: at most {@value #READS_MAX} of them are read in each turn, and only while the {@link Intake} is open. Beyond
 * its limit only those are read whose address has little in flight. So a health check, or a client with a few requests,
 * does not wait for a crowd. Those that waited too long are read too, so that their requests are refused
 * ({@link #sheds}).
 *
 * <p>Used on its event loop only.
 */
public final class LoopTurns implements IoHandler {
    /** More would make messages wait longer. Fewer would make each system call serve less. */
    private static final int READS_MAX = 16;

    private static final int REFUSALS_MAX = 16;

    private static final FastThreadLocal<LoopTurns> OF_THREAD = new FastThreadLocal<>();

    private final LoopSockets sockets;
    private final IoHandler handler;
    private final int clientPort;
    private final ClientLoad load;
    private final Clock clock;
    private final ReadyClients<ClientHandle> ready = new ReadyClients<>();
    /** Those with a connection or with an operation in flight. So connections and the limit bound their number. */
    private final Map<InetAddress, ClientAddress> addresses = new HashMap<>();

    private final ClassShares shares = new ClassShares();

    private final List<Runnable> afterTurn = new ArrayList<>();

    /** Those that became ready in this turn. */
    private final List<ClientHandle> fresh = new ArrayList<>();

    private Intake intake = new Unlimited();
    private boolean late;
    private long turn;

    private Optional<ClientHandle> serving = Optional.empty();

    /** Whether a body took what the last read brought. */
    private boolean readsOn;

    private static final class Unlimited implements Intake {
        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isOpenBeyondLimit() {
            return true;
        }

        @Override
        public int limit() {
            return Integer.MAX_VALUE;
        }
    }

    /**
     * @param sockets of one kind
     * @param handler of Netty, for sockets of that kind
     * @param clientPort the connections that this port accepted are those of clients
     * @param load of all event loops
     */
    LoopTurns(LoopSockets sockets, IoHandler handler, int clientPort, ClientLoad load, Clock clock) {
        this.sockets = sockets;
        this.handler = handler;
        this.clientPort = clientPort;
        this.load = load;
        this.clock = clock;
    }

    /** The turns of the event loop that calls. Empty on any other thread. */
    public static Optional<LoopTurns> current() {
        return Optional.ofNullable(OF_THREAD.get());
    }

    /** Reads clients only while the intake is open. Otherwise their requests wait, and some of them become late. */
    public void readClientsBy(Intake given) {
        intake = given;
    }

    /**
     * Why a request has to be refused that would begin now, if it has to be.
     *
     * @param remote of its client
     */
    public Optional<ShedReason> sheds(InetAddress remote, RequestClass of) {
        if (late && of.mayBeShed()) {
            return Optional.of(ShedReason.LATE);
        }
        if (serving.isEmpty() && of.mayBeShed() && !mayBeginWithoutTurn(remote)) {
            return Optional.of(ShedReason.TURN);
        }
        boolean admitted = !shares.givesWay(of) || shares.admits(of, limitOfReader(), clock.monotonicNs());
        return admitted ? Optional.empty() : Optional.of(ShedReason.CLASS);
    }

    /**
     * Requests of one connection that come together are one read. Each of them begins when the one before is answered.
     */
    private boolean mayBeginWithoutTurn(InetAddress remote) {
        ClientAddress address = addresses.get(ClientNetwork.of(remote));
        if (intake.isOpen()) {
            return address == null || ready.mayGoFirst(address.queue(), intake.limit());
        }
        return intake.isOpenBeyondLimit() && address != null && ready.asksForLittle(address.queue(), intake.limit());
    }

    /** Greedy addresses may have all of a share in flight. Twice as much is left to those that ask for little. */
    private int limitOfReader() {
        int limit = intake.limit();
        boolean asksForLittle = serving.filter(client -> ready.asksForLittle(client.address(), limit))
                .isPresent();
        return asksForLittle ? (int) Math.min(Integer.MAX_VALUE, 2L * limit) : limit;
    }

    /** A request was refused for this reason. */
    public void refused(ShedReason why, RequestClass of) {
        load.refused(why, of);
        if (why == ShedReason.LATE) {
            shares.late(of, clock.monotonicNs());
        }
    }

    /**
     * A body took what was just read.
     *
     * @param more whether it is not whole yet, so that its connection may be read once more in this turn
     */
    public static void tookBody(boolean more) {
        current().ifPresent(turns -> turns.readsOn = more);
    }

    /** Whether to read the connection once more. To be asked once after each read. */
    static boolean takesReadOn() {
        LoopTurns turns = OF_THREAD.get();
        boolean more = turns != null && turns.readsOn;
        tookBody(false);
        return more;
    }

    /** Whom the operations of a request count for. */
    public Asker asker(InetAddress remote, RequestClass of) {
        ClientAddress address = addresses.get(ClientNetwork.of(remote));
        return address == null ? Asker.NOBODY : address.asker(of);
    }

    @Override
    public void initialize() {
        handler.initialize();
        OF_THREAD.set(this);
    }

    @Override
    public int run(IoHandlerContext context) {
        boolean isIdle = ready.size() == 0 && afterTurn.isEmpty();
        int handled = handler.run(isIdle ? context : new ClientsWait(context, goesOnAtOnce()));
        if (ready.size() > 0) {
            long nowNs = clock.monotonicNs();
            serve(nowNs);
            refuse(nowNs);
        }
        fresh.forEach(ClientHandle::restUntilServed);
        fresh.clear();
        List<Runnable> ended = List.copyOf(afterTurn);
        afterTurn.clear();
        ended.forEach(Defects::contain);
        return handled;
    }

    /** Whether the next turn has something to do, so that the loop must not sleep before it. */
    private boolean goesOnAtOnce() {
        return !afterTurn.isEmpty()
                || intake.isOpen()
                || intake.isOpenBeyondLimit() && ready.hasBelowEvenPart(intake.limit())
                || ready.hasLate(clock.monotonicNs());
    }

    /** Runs this behind the next look at the sockets. */
    void afterTurn(Runnable work) {
        afterTurn.add(work);
    }

    private void serve(long nowNs) {
        turn++;
        int read = 0;
        Optional<ClientHandle> next = next(nowNs);
        while (next.isPresent()) {
            read += serve(next) ? 1 : 0;
            next = read < READS_MAX ? next(nowNs) : Optional.empty();
        }
    }

    private Optional<ClientHandle> next(long nowNs) {
        if (ready.size() == 0) {
            return Optional.empty();
        }
        if (intake.isOpen()) {
            return ready.next(intake.limit(), nowNs);
        }
        return intake.isOpenBeyondLimit() ? ready.nextBelowEvenPart(intake.limit(), turn, nowNs) : Optional.empty();
    }

    private void refuse(long nowNs) {
        late = true;
        for (int refused = 0; refused < REFUSALS_MAX && ready.size() > 0; refused++) {
            Optional<ClientHandle> next = ready.nextLate(nowNs);
            if (next.isEmpty()) {
                break;
            }
            serve(next);
        }
        late = false;
    }

    /** A channel that throws must not keep the others from their turn. */
    private boolean serve(Optional<ClientHandle> client) {
        load.waitsNoLonger();
        readsOn = false; // a body that was resumed took what it had, without a read
        serving = client;
        try {
            return client.orElseThrow().serve();
        } catch (RuntimeException | Error e) {
            Defects.report(e);
            return true;
        } finally {
            serving = Optional.empty();
        }
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        Optional<InetAddress> client = clientOf(handle);
        if (client.isEmpty()) {
            return handler.register(handle);
        }
        ClientAddress address = addressOf(client.get());
        ClientHandle waits = sockets.client(handle, placeOf(address));
        IoRegistration registration = handler.register(waits);
        address.opened();
        return waits.over(registration);
    }

    private Optional<InetAddress> clientOf(IoHandle handle) throws IOException {
        return sockets.ends(handle)
                .filter(ends -> ends.local().getPort() == clientPort)
                .map(ends -> ClientNetwork.of(ends.remote().getAddress()));
    }

    private ClientAddress addressOf(InetAddress remote) {
        return addresses.computeIfAbsent(
                remote, any -> new ClientAddress(remote, ready.newQueue(), shares, this::clientsWait, this::forget));
    }

    private ClientHandle.WaitingPlace placeOf(ClientAddress address) {
        return new ClientHandle.WaitingPlace(address.queue(), this::becameReady, address::closed);
    }

    /** Whether clients wait for their turn now. */
    public boolean clientsWait() {
        return ready.size() > 0;
    }

    private void becameReady(ClientHandle client) {
        ready.add(client.address(), client, clock.monotonicNs());
        load.waits();
        fresh.add(client);
    }

    /** An operation of an address that was forgotten may end after it came back. */
    private void forget(ClientAddress address) {
        addresses.remove(address.address(), address);
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }
}
