package io.quorate.node.lsm.weak;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Memory with release and acquire and nothing more: a reader may see any old value of a place, unless it knows a newer
 * one. It learns all that the writer did before a release when it acquires the released value. That is what ARM and the
 * Java memory model allow, without speculation.
 *
 * <p>Readers write nothing. So the writer runs first, to its end, and leaves the history of each place. Then readers
 * run over the history, and a seed decides which value each read sees. A reader that ran beside the writer is one that
 * happens to see old values. For one thread.
 *
 * <p>An access of several bytes is one access: it sees all of them at one moment.
 */
public final class WeakMemory {
    private static final int READS_MAX = 2_000_000;

    private static Map<Object, Map<Integer, Cell>> cells = new IdentityHashMap<>();
    private static long stamp;
    private static boolean reading;
    private static int reader;
    private static long known;
    private static int reads;
    private static Random random = new Random(0);

    private WeakMemory() {}

    /** From now on the writer runs, in new memory. */
    public static void beginWriting() {
        cells = new IdentityHashMap<>();
        stamp = 0;
        reading = false;
    }

    /** The moment after the writer's last store. */
    public static long moment() {
        return stamp;
    }

    /**
     * From now on a reader runs.
     *
     * @param knownMoment it knows all that the writer did until then
     */
    public static void beginReading(long knownMoment, Random choices) {
        reading = true;
        reader++;
        reads = 0;
        known = knownMoment;
        random = choices;
    }

    // ---- what the classes call in the place of an access ----

    public static int get(VarHandle handle, ByteBuffer buffer, int at) {
        return reading ? (int) readBytes(buffer, at, Integer.BYTES, false) : (int) handle.get(buffer, at);
    }

    public static int getAcquire(VarHandle handle, ByteBuffer buffer, int at) {
        return reading ? (int) readBytes(buffer, at, Integer.BYTES, true) : (int) handle.getAcquire(buffer, at);
    }

    /** In the place of a get of a long. */
    public static long getLong(VarHandle handle, ByteBuffer buffer, int at) {
        return reading ? readBytes(buffer, at, Long.BYTES, false) : (long) handle.get(buffer, at);
    }

    public static void set(VarHandle handle, ByteBuffer buffer, int at, int value) {
        storeBytes(buffer, at, value, Integer.BYTES, false);
        handle.set(buffer, at, value);
    }

    public static void setRelease(VarHandle handle, ByteBuffer buffer, int at, int value) {
        storeBytes(buffer, at, value, Integer.BYTES, true);
        handle.setRelease(buffer, at, value);
    }

    public static void set(VarHandle handle, ByteBuffer buffer, int at, long value) {
        storeBytes(buffer, at, value, Long.BYTES, false);
        handle.set(buffer, at, value);
    }

    public static ByteBuffer put(ByteBuffer buffer, int at, byte[] source, int from, int length) {
        stamp++;
        for (int i = 0; i < length; i++) {
            cell(buffer, at + i, buffer.get(at + i)).store(stamp, source[from + i], false);
        }
        return buffer.put(at, source, from, length);
    }

    public static ByteBuffer get(ByteBuffer buffer, int at, byte[] target, int to, int length) {
        for (int i = 0; i < length; i++) {
            target[to + i] = get(buffer, at + i);
        }
        return buffer;
    }

    public static ByteBuffer get(ByteBuffer buffer, int at, byte[] target) {
        return get(buffer, at, target, 0, target.length);
    }

    public static byte get(ByteBuffer buffer, int at) {
        return reading ? (byte) readBytes(buffer, at, 1, false) : buffer.get(at);
    }

    public static long getLong(ByteBuffer buffer, int at) {
        return reading ? readBytes(buffer, at, Long.BYTES, false) : buffer.getLong(at);
    }

    public static int get(VarHandle handle, int[] array, int at) {
        return reading ? (int) read(array, at, array[at], false) : (int) handle.get(array, at);
    }

    public static int getAcquire(VarHandle handle, int[] array, int at) {
        return reading ? (int) read(array, at, array[at], true) : (int) handle.getAcquire(array, at);
    }

    public static void set(VarHandle handle, int[] array, int at, int value) {
        store(array, at, array[at], value, false);
        handle.set(array, at, value);
    }

    public static void setRelease(VarHandle handle, int[] array, int at, int value) {
        store(array, at, array[at], value, true);
        handle.setRelease(array, at, value);
    }

    public static long get(VarHandle handle, long[] array, int at) {
        return reading ? (long) read(array, at, array[at], false) : (long) handle.get(array, at);
    }

    public static long getAcquire(VarHandle handle, long[] array, int at) {
        return reading ? (long) read(array, at, array[at], true) : (long) handle.getAcquire(array, at);
    }

    public static void set(VarHandle handle, long[] array, int at, long value) {
        store(array, at, array[at], value, false);
        handle.set(array, at, value);
    }

    public static void setRelease(VarHandle handle, long[] array, int at, long value) {
        store(array, at, array[at], value, true);
        handle.setRelease(array, at, value);
    }

    public static long[] get(VarHandle handle, long[][] array, int at) {
        return reading ? (long[]) read(array, at, array[at], false) : (long[]) handle.get(array, at);
    }

    public static long[] getAcquire(VarHandle handle, long[][] array, int at) {
        return reading ? (long[]) read(array, at, array[at], true) : (long[]) handle.getAcquire(array, at);
    }

    public static void set(VarHandle handle, long[][] array, int at, long[] value) {
        store(array, at, array[at], value, false);
        handle.set(array, at, value);
    }

    public static void setRelease(VarHandle handle, long[][] array, int at, long[] value) {
        store(array, at, array[at], value, true);
        handle.setRelease(array, at, value);
    }

    /** Keys are the caller's own. */
    public static long get(VarHandle handle, byte[] own, int at) {
        return (long) handle.get(own, at);
    }

    public static void set(VarHandle handle, byte[] own, int at, long value) {
        handle.set(own, at, value);
    }

    // ---- the model ----

    private static Cell cell(Object memory, int at, Object before) {
        return cells.computeIfAbsent(memory, unseen -> new HashMap<>()).computeIfAbsent(at, unseen -> new Cell(before));
    }

    private static void store(Object memory, int at, Object before, Object value, boolean release) {
        cell(memory, at, before).store(++stamp, value, release);
    }

    private static void storeBytes(ByteBuffer buffer, int at, long value, int bytes, boolean release) {
        stamp++;
        for (int i = 0; i < bytes; i++) {
            byte part = (byte) (value >>> 8 * (bytes - 1 - i));
            cell(buffer, at + i, buffer.get(at + i)).store(stamp, part, release);
        }
    }

    private static Object read(Object memory, int at, Object before, boolean acquire) {
        countRead();
        Cell cell = cell(memory, at, before);
        long moment = cell.anyMoment(cell.floor(reader, known), random);
        known = acquire ? Math.max(known, cell.knownFrom(moment)) : known;
        return cell.read(moment, reader);
    }

    private static long readBytes(ByteBuffer buffer, int at, int bytes, boolean acquire) {
        countRead();
        long floor = known;
        for (int i = 0; i < bytes; i++) {
            floor = Math.max(floor, cell(buffer, at + i, buffer.get(at + i)).floor(reader, known));
        }
        Cell first = cell(buffer, at, buffer.get(at));
        long moment = first.anyMoment(floor, random);
        known = acquire ? Math.max(known, first.knownFrom(moment)) : known;
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (byte) cell(buffer, at + i, buffer.get(at + i)).read(moment, reader) & 0xff;
        }
        return value;
    }

    /** A reader that follows links which nobody wrote may go round for ever. */
    private static void countRead() {
        if (++reads > READS_MAX) {
            throw new IllegalStateException("a reader does not come to an end");
        }
    }
}
