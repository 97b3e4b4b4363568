package io.quorate.deploy.simulation.world;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.wire.Frame;
import io.quorate.common.wire.FrameDecoder;
import io.quorate.common.wire.FrameFormat;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.ProtocolRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The network between the processes. Every message is really encoded and decoded. On its way it may be late, lost,
 * doubled or overtaken, or a cut in its direction may drop it.
 */
public final class Network {
    private static final int FRAME_BYTES_MAX = FrameFormat.REPLY_BYTES_MAX;

    private final SimulatedTime time;
    private final RandomGenerator random;
    private final boolean[][] cut;
    private final long[][] delayNsMax;
    private int lossPerMille;
    private int doublePerMille;
    private Predicate<Message> doomed = message -> false;
    private long messages;
    private long lost;

    public Network(SimulatedTime time, RandomGenerator random, int machines) {
        this.time = time;
        this.random = random;
        this.cut = new boolean[machines][machines];
        this.delayNsMax = new long[machines][machines];
        for (long[] row : delayNsMax) {
            for (int to = 0; to < machines; to++) {
                row[to] = 100_000 + random.nextLong(5_000_000);
            }
        }
        this.lossPerMille = random.nextInt(3) * 15;
        this.doublePerMille = random.nextInt(3) * 10;
    }

    long messages() {
        return messages;
    }

    long lost() {
        return lost;
    }

    public void cut(int from, int to) {
        cut[from][to] = true;
    }

    /** Ends the cuts between two machines, in both directions. */
    public void reconnect(int one, int other) {
        cut[one][other] = false;
        cut[other][one] = false;
    }

    public void slow(int from, int to, long delayMsMax) {
        delayNsMax[from][to] = delayMsMax * 1_000_000;
    }

    /**
     * From now on no frame is doubled. Where requests wait for long and are refused for overload, one copy could say
     * that the request had no effect, and the other have one.
     */
    public void doubleNothing() {
        doublePerMille = 0;
    }

    /** Many messages are lost or late, so that operations get into each other's way. */
    public void worsen() {
        lossPerMille = 50 + random.nextInt(150);
        for (long[] row : delayNsMax) {
            Arrays.fill(row, 1_000_000 + random.nextLong(20_000_000));
        }
    }

    /** From now on, every message of which this is true is lost. */
    public void lose(Predicate<Message> messages) {
        doomed = messages;
    }

    /** No cut, no loss, no doubles, and all is fast. */
    public void heal() {
        for (int from = 0; from < cut.length; from++) {
            for (int to = 0; to < cut.length; to++) {
                cut[from][to] = false;
                delayNsMax[from][to] = 500_000;
            }
        }
        lossPerMille = 0;
        doublePerMille = 0;
    }

    /** As {@link #send(int, int, Message, long, Consumer)}, for what is no request with a time-out. */
    void send(int from, int to, Message message, Consumer<Message> arrive) {
        send(from, to, message, Frame.ANY_TIME, frame -> arrive.accept(frame.message()));
    }

    /**
     * Sends a message. {@code arrive} is called never, once or twice. A doubled request never expires: one copy could
     * say so, and the other have its effect.
     */
    void send(int from, int to, Message message, long patienceMs, Consumer<Frame> arrive) {
        messages++;
        int copies = random.nextInt(1000) < doublePerMille && mayBeDoubled(message) ? 2 : 1;
        byte[] frame = encode(message, copies == 1 ? patienceMs : Frame.ANY_TIME);
        for (int copy = 0; copy < copies; copy++) {
            if (random.nextInt(1000) < lossPerMille || doomed.test(message)) {
                lost++;
            } else {
                time.after(1 + random.nextLong(delayNsMax[from][to]), () -> {
                    if (cut[from][to]) {
                        lost++;
                    } else {
                        arrive.accept(decode(frame));
                    }
                });
            }
        }
    }

    /** Sends what is no message: the reset of a connection. */
    void signal(int from, int to, Runnable arrive) {
        time.after(1 + random.nextLong(delayNsMax[from][to]), () -> {
            if (!cut[from][to]) {
                arrive.run();
            }
        });
    }

    /**
     * A connection delivers a frame once or not at all. Here frames may be doubled all the same, and must do no harm.
     * Only an ACCEPT is never doubled. Its preempted reply says that it had no effect, but a first copy might have had
     * one.
     */
    private static boolean mayBeDoubled(Message message) {
        return !(message instanceof Accept);
    }

    private byte[] encode(Message message, long patienceMs) {
        BytesWriter out = new BytesWriter(256);
        FrameFormat.write(out, new Frame(messages, patienceMs, message), ProtocolRange.SPOKEN.newest());
        byte[] frame = out.toByteArray();
        time.note(frame.length);
        return frame;
    }

    private static Frame decode(byte[] frame) {
        List<Frame> frames = new ArrayList<>(1);
        FrameDecoder decoder = new FrameDecoder(FRAME_BYTES_MAX);
        decoder.protocol(ProtocolRange.SPOKEN.newest());
        decoder.decode(frame, frames::add);
        return frames.get(0);
    }
}
