package io.quorate.node.lsm.table.block;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Makes blocks of the bodies of stored blocks. Safe for use by several threads. */
public final class BlockDecompressor {
    /** No byte in LZ4's block format stands for more. */
    private static final int LZ4_EXPANSION_MAX = 255;

    /** Contexts of Zstandard have some 100 KiB outside the heap each, so this is what is kept of them at most. */
    private static final int CONTEXTS_KEPT = 16;

    private static final LZ4SafeDecompressor LZ4 = LZ4Factory.fastestInstance().safeDecompressor();
    private static final BlockingQueue<ZstdDecompressCtx> CONTEXTS = new ArrayBlockingQueue<>(CONTEXTS_KEPT);

    private BlockDecompressor() {}

    /** As {@link #decompress(byte[], int, IntFunction)}, of a whole array into an array of its own. */
    public static Block decompress(byte[] stored) {
        return decompress(stored, stored.length, byte[]::new);
    }

    /**
     * The block in a body whose checksum was found right.
     *
     * @param stored the body, and the trailer. A long plain block goes on in this array, see
     *     {@link ReusedMemory#isReused}
     * @param storedBytes how long the two are
     * @param memory gives an array of at least so many bytes for the block
     * @throws MalformedException if it is not what its type says
     */
    public static Block decompress(byte[] stored, int storedBytes, IntFunction<byte[]> memory) {
        int length = storedBytes - BlockFormat.TRAILER_BYTES;
        int type = BlockFormat.typeOf(stored, storedBytes);
        return switch (type) {
            case BlockFormat.TYPE_PLAIN -> plain(stored, length, memory);
            case BlockFormat.TYPE_LZ4 -> lz4(stored, length, memory);
            case BlockFormat.TYPE_ZSTD -> zstd(stored, length, memory);
            default -> throw new MalformedException("a block of unknown type " + type);
        };
    }

    /** A long block stays where it was read, since that memory is its own. So a value of 64 MiB is not copied. */
    private static Block plain(byte[] stored, int length, IntFunction<byte[]> memory) {
        if (!ReusedMemory.isReused(stored.length)) {
            return new Block(stored, length);
        }
        byte[] block = memory.apply(length);
        System.arraycopy(stored, 0, block, 0, length);
        return new Block(block, length);
    }

    private static Block lz4(byte[] stored, int length, IntFunction<byte[]> memory) {
        int bytes = lengthOfBlock(stored, length, Math.min(BlockFormat.BYTES_MAX, (long) length * LZ4_EXPANSION_MAX));
        byte[] block = memory.apply(bytes);
        try {
            int at = Integer.BYTES;
            return whole(block, bytes, LZ4.decompress(stored, at, length - at, block, 0, bytes));
        } catch (LZ4Exception e) {
            throw new MalformedException("a block that is not in LZ4's format: " + e.getMessage());
        }
    }

    private static Block zstd(byte[] stored, int length, IntFunction<byte[]> memory) {
        int bytes = lengthOfBlock(stored, length, BlockFormat.BYTES_MAX);
        byte[] block = memory.apply(bytes);
        ZstdDecompressCtx context = Optional.ofNullable(CONTEXTS.poll()).orElseGet(ZstdDecompressCtx::new);
        try {
            int at = Integer.BYTES;
            return whole(block, bytes, context.decompressByteArray(block, 0, bytes, stored, at, length - at));
        } catch (ZstdException e) {
            throw new MalformedException("a block that is not in Zstandard's format: " + e.getMessage());
        } finally {
            if (!CONTEXTS.offer(context)) {
                context.close();
            }
        }
    }

    private static int lengthOfBlock(byte[] stored, int length, long most) {
        if (length < Integer.BYTES) {
            throw new MalformedException("a compressed block of " + length + " bytes");
        }
        int says = new BytesReader(stored, 0, Integer.BYTES).readInt();
        if (says < 0 || says > most) {
            throw new MalformedException("a block of " + says + " bytes in " + length + ", allowed is 0 to " + most);
        }
        return says;
    }

    private static Block whole(byte[] block, int bytes, int decompressed) {
        if (decompressed != bytes) {
            throw new MalformedException("a block of " + decompressed + " bytes that should be " + bytes);
        }
        return new Block(block, bytes);
    }
}
