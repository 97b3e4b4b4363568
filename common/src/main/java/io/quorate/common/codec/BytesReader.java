package io.quorate.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Reads what {@link BytesWriter} wrote, from a range of an array. Every read checks its bounds first and throws
 * {@link MalformedException} beyond them. It allocates nothing by a length that the range cannot hold.
 */
public final class BytesReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int begin;
    private final int end;
    private int position;

    public BytesReader(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IndexOutOfBoundsException(offset + " and " + length + " more of " + bytes.length);
        }
        this.bytes = bytes;
        this.begin = offset;
        this.position = offset;
        this.end = offset + length;
    }

    public BytesReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Where in the array the next read starts. */
    public int position() {
        return position;
    }

    /** Moves to another place of the range, also backwards. */
    public void moveTo(int newPosition) {
        if (newPosition < begin || newPosition > end) {
            throw new MalformedException("position " + newPosition + " outside of " + begin + " to " + end);
        }
        position = newPosition;
    }

    public int remaining() {
        return end - position;
    }

    public int readByte() {
        require(1);
        return bytes[position++] & 0xff;
    }

    /** @throws MalformedException if the byte is neither 0 nor 1 */
    public boolean readFlag() {
        int flag = readByte();
        if (flag > 1) {
            throw new MalformedException("flag " + flag + " before " + position + ", allowed are 0 and 1");
        }
        return flag == 1;
    }

    public int readInt() {
        require(Integer.BYTES);
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    public long readLong() {
        require(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    public long readVarint() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        return readLongVarint();
    }

    private long readLongVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedException("varint of more than 64 bits at " + position);
    }

    /** A varint that must be at most {@code max}. */
    public int readVarint(int max) {
        long value = readVarint();
        if (value < 0 || value > max) {
            throw new MalformedException(
                    "varint " + Long.toUnsignedString(value) + " at " + position + ", allowed is 0 to " + max);
        }
        return (int) value;
    }

    public byte[] readBytes(int count) {
        require(count);
        byte[] result = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return result;
    }

    public byte[] readSizedBytes(int max) {
        return readBytes(readVarint(max));
    }

    /** Text in UTF-8 of at most {@code maxBytes} bytes. */
    public String readString(int maxBytes) {
        int count = readVarint(maxBytes);
        require(count);
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, count))
                    .toString();
            position += count;
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedException("text at " + position + " is not UTF-8");
        }
    }

    public void skip(int count) {
        require(count);
        position += count;
    }

    /** @throws MalformedException if bytes are left over */
    public void requireEnd() {
        if (position != end) {
            throw new MalformedException(remaining() + " bytes too many at " + position);
        }
    }

    private void require(int count) {
        if (count < 0 || count > end - position) {
            throw new MalformedException(count + " bytes wanted at " + position + ", there are " + (end - position));
        }
    }
}
