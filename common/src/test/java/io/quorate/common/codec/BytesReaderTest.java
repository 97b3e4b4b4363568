package io.quorate.common.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesReaderTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16383, 16384, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void everyVarintReadsBack(long value) {
        BytesWriter out = new BytesWriter(1);
        out.writeVarint(value);
        BytesReader in = new BytesReader(out.toByteArray());
        assertEquals(value, in.readVarint());
        in.requireEnd();
    }

    @Test
    void everythingThatAWriterWritesReadsBackInOrder() {
        BytesWriter out = new BytesWriter(0);
        out.writeByte(200);
        out.writeInt(-5);
        out.writeLong(Long.MIN_VALUE);
        out.writeString("schlüssel");
        out.writeSizedBytes(new byte[] {1, 2});
        BytesReader in = new BytesReader(out.toByteArray());
        assertEquals(200, in.readByte());
        assertEquals(-5, in.readInt());
        assertEquals(Long.MIN_VALUE, in.readLong());
        assertEquals("schlüssel", in.readString(100));
        assertArrayEquals(new byte[] {1, 2}, in.readSizedBytes(2));
        in.requireEnd();
    }

    @Test
    void aLengthThatTheRangeCannotHoldIsRefusedBeforeAnythingIsAllocated() {
        BytesWriter out = new BytesWriter(8);
        out.writeVarint(Integer.MAX_VALUE);
        assertThrows(
                MalformedException.class, () -> new BytesReader(out.toByteArray()).readSizedBytes(Integer.MAX_VALUE));
        assertThrows(MalformedException.class, () -> new BytesReader(out.toByteArray()).readString(Integer.MAX_VALUE));
    }

    @Test
    void aLengthAboveTheLimitIsRefused() {
        BytesWriter out = new BytesWriter(8);
        out.writeSizedBytes(new byte[3]);
        assertThrows(MalformedException.class, () -> new BytesReader(out.toByteArray()).readSizedBytes(2));
    }

    @Test
    void readingBeyondTheRangeIsRefusedAlsoWhenTheArrayGoesOn() {
        BytesReader in = new BytesReader(new byte[16], 0, 3);
        assertThrows(MalformedException.class, in::readInt);
    }

    @Test
    void aVarintWithoutAnEndIsRefused() {
        byte[] bytes = new byte[11];
        Arrays.fill(bytes, (byte) 0xff);
        assertThrows(MalformedException.class, () -> new BytesReader(bytes).readVarint());
        assertThrows(MalformedException.class, () -> new BytesReader(new byte[] {(byte) 0x80}).readVarint());
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        BytesWriter out = new BytesWriter(8);
        out.writeSizedBytes(new byte[] {(byte) 0xc3, 0x28});
        assertThrows(MalformedException.class, () -> new BytesReader(out.toByteArray()).readString(8));
    }

    @Test
    void bytesLeftOverAreRefused() {
        assertThrows(MalformedException.class, () -> new BytesReader(new byte[1]).requireEnd());
    }
}
