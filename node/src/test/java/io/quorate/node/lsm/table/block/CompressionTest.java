package io.quorate.node.lsm.table.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    private static final int BEGINS_AT = 3;

    /** The compressor's output with a trailer whose checksum is not checked, after other bytes of the writer. */
    private static byte[] stored(Compression compression, byte[] block) {
        BytesWriter out = new BytesWriter(16);
        out.writeBytes(new byte[BEGINS_AT]);
        out.writeBytes(block);
        try (BlockCompressor compressor = new BlockCompressor(compression)) {
            BlockFormat.writeTrailer(out, BEGINS_AT, compressor.compress(out, BEGINS_AT), 1, 2);
        }
        return Arrays.copyOfRange(out.array(), BEGINS_AT, out.length());
    }

    private static byte[] blockOf(byte[] value) {
        BlockBuilder builder = new BlockBuilder(16);
        BytesWriter out = new BytesWriter(16);
        out.writeBytes(value);
        builder.add("key".getBytes(StandardCharsets.UTF_8), out);
        BytesWriter block = new BytesWriter(16);
        builder.finish(block);
        return block.toByteArray();
    }

    private static byte[] text(int length) {
        return "{\"name\": \"value\"}"
                .repeat(length / 17 + 1)
                .substring(0, length)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aBlockComesBackAsItWas(Compression compression) {
        for (int length : new int[] {0, 1, 100, 5_000, 300_000}) {
            byte[] text = blockOf(text(length));
            byte[] noise = blockOf(noise(length));
            assertComesBack(text, stored(compression, text));
            assertComesBack(noise, stored(compression, noise));
        }
    }

    private static void assertComesBack(byte[] block, byte[] stored) {
        Block back = BlockDecompressor.decompress(stored);
        assertArrayEquals(block, Arrays.copyOf(back.bytes(), block.length));
    }

    @Test
    void aLongPlainBlockIsNotCopied() {
        byte[] block = blockOf(noise(300_000));
        byte[] stored = stored(Compression.NONE, block);
        byte[] read = new ReusedMemory().apply(stored.length);
        System.arraycopy(stored, 0, read, 0, stored.length);
        assertSame(
                read,
                BlockDecompressor.decompress(read, stored.length, byte[]::new).bytes());
    }

    @Test
    void aShortPlainBlockDoesNotStayInReusedMemory() {
        for (int length : new int[] {10, 40_000, 65_000}) {
            byte[] stored = stored(Compression.NONE, blockOf(noise(length)));
            byte[] read = new ReusedMemory().apply(stored.length);
            System.arraycopy(stored, 0, read, 0, stored.length);
            assertNotSame(
                    read,
                    BlockDecompressor.decompress(read, stored.length, byte[]::new)
                            .bytes());
        }
    }

    private static int typeOf(byte[] stored) {
        return BlockFormat.typeOf(stored, stored.length);
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void whatShrinksIsCompressedAndWhatDoesNotStaysPlain(Compression compression) {
        byte[] text = stored(compression, blockOf(text(4_000)));
        assertEquals(compression.code(), typeOf(text));
        assertTrue(text.length < 400, text.length + " bytes");
        assertEquals(BlockFormat.TYPE_PLAIN, typeOf(stored(compression, blockOf(noise(4_000)))));
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void noBytesAreAllocatedForALengthThatCannotBe(Compression compression) {
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, BlockFormat.BYTES_MAX + 1}) {
            byte[] stored = stored(compression, blockOf(text(4_000)));
            setLength(stored, length);
            MalformedException e = assertThrows(MalformedException.class, () -> BlockDecompressor.decompress(stored));
            assertTrue(e.getMessage().startsWith("a block of " + length + " bytes in "), e::getMessage);
        }
    }

    private static void setLength(byte[] stored, int length) {
        BytesWriter out = new BytesWriter(4);
        out.writeInt(length);
        System.arraycopy(out.array(), 0, stored, 0, 4);
    }

    /** Checksums keep these away from the decompressors. Even so, they must do no harm. */
    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void aDamagedBodyIsRefusedOrGivesSomeBlock(Compression compression) {
        byte[] good = stored(compression, blockOf(text(4_000)));
        int refused = 0;
        for (int i = 0; i < (good.length - BlockFormat.TRAILER_BYTES) * 8; i++) {
            byte[] bad = good.clone();
            bad[i / 8] ^= (byte) (1 << i % 8);
            try {
                BlockDecompressor.decompress(bad);
            } catch (MalformedException e) {
                refused++;
            }
        }
        assertTrue(refused > 32, refused + " were refused");
    }
}
