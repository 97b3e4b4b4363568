package io.quorate.node.lsm.table.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.quorate.common.codec.BytesWriter;
import java.util.Optional;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Makes the bodies of stored blocks. For one thread. It has memory outside the heap until it is closed. */
public final class BlockCompressor implements AutoCloseable {
    /** On blocks of a few KiB higher levels gain next to nothing, and none costs readers less. */
    private static final int ZSTD_LEVEL = 1;

    /** A block that does not lose this part of its bytes stays plain: reading it costs less. */
    private static final int GAIN_MIN = 8;

    private static final LZ4Compressor LZ4 = LZ4Factory.fastestInstance().fastCompressor();

    private final Compression compression;
    private final Optional<ZstdCompressCtx> zstd;
    private byte[] target = new byte[0];

    public BlockCompressor(Compression compression) {
        this.compression = compression;
        this.zstd = compression == Compression.ZSTD ? Optional.of(zstdContext()) : Optional.empty();
    }

    /** The bytes of a block say how long it is, and checksums are in the trailer. */
    private static ZstdCompressCtx zstdContext() {
        return new ZstdCompressCtx().setLevel(ZSTD_LEVEL).setContentSize(false).setChecksum(false);
    }

    /** Makes a body of the block that the writer has from {@code start} on, in its place, and returns its type. */
    public int compress(BytesWriter out, int start) {
        int length = out.length() - start;
        int compressed = compress(out.array(), start, length);
        if (compressed + Integer.BYTES > length - length / GAIN_MIN) {
            return BlockFormat.TYPE_PLAIN;
        }
        out.truncate(start);
        out.writeInt(length);
        out.writeBytes(target, 0, compressed);
        return compression.code();
    }

    /** How many bytes it has in the target then. */
    private int compress(byte[] block, int offset, int length) {
        return switch (compression) {
            case NONE -> length;
            case LZ4 -> {
                reserve(LZ4.maxCompressedLength(length));
                yield LZ4.compress(block, offset, length, target, 0, target.length);
            }
            case ZSTD -> {
                reserve(Math.toIntExact(Zstd.compressBound(length)));
                yield zstd.orElseThrow().compressByteArray(target, 0, target.length, block, offset, length);
            }
        };
    }

    private void reserve(int count) {
        if (target.length < count) {
            target = new byte[count];
        }
    }

    @Override
    public void close() {
        zstd.ifPresent(ZstdCompressCtx::close);
    }
}
