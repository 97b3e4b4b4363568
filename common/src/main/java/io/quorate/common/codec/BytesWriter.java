package io.quorate.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes, written from the front. Integers are big-endian. Not safe for use by several threads. */
public final class BytesWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] bytes;
    private int length;

    public BytesWriter(int capacity) {
        bytes = new byte[capacity];
    }

    public int length() {
        return length;
    }

    /** The array behind the writer. It is valid up to {@link #length} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what was written and keeps the array. */
    public void clear() {
        length = 0;
    }

    /** Forgets what was written at and after {@code newLength}. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IndexOutOfBoundsException("truncate to " + newLength + " of " + length);
        }
        length = newLength;
    }

    public void writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /** One byte: 0 for false, 1 for true. */
    public void writeFlag(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    public void writeLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** Unsigned LEB128: 7 bits a byte, lowest first; 1 to 10 bytes. */
    public void writeVarint(long value) {
        reserve(VARINT_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    public void writeBytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    /** A varint count of bytes, then the bytes. */
    public void writeSizedBytes(byte[] source) {
        writeVarint(source.length);
        writeBytes(source);
    }

    /** {@link #writeSizedBytes} of the text in UTF-8. */
    public void writeString(String text) {
        writeSizedBytes(text.getBytes(UTF_8));
    }

    /** Overwrites four bytes that were written before. For a length or a checksum that is known only later. */
    public void putIntAt(int position, int value) {
        if (position < 0 || position + Integer.BYTES > length) {
            throw new IndexOutOfBoundsException("int at " + position + " of " + length);
        }
        INT.set(bytes, position, value);
    }

    private void reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }
}
