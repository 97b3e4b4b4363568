package io.quorate.node.lsm.table;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.table.block.Block;
import io.quorate.node.lsm.table.block.BlockDecompressor;
import io.quorate.node.lsm.table.block.BlockFormat;
import io.quorate.node.lsm.table.block.BlockHandle;
import io.quorate.node.lsm.table.block.ReusedMemory;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * The blocks in the file of a table. Each is checked when it is read. Safe for use by several threads.
 *
 * <p>What is read from the file lies in memory of the thread, and is done with when the block is decompressed.
 */
final class StoredBlocks {
    private static final ThreadLocal<ReusedMemory> STORED = ThreadLocal.withInitial(ReusedMemory::new);
    private static final ThreadLocal<ReusedMemory> DECOMPRESSED = ThreadLocal.withInitial(ReusedMemory::new);

    private final FileBytes file;
    private final String path;
    private final TableFile identity;

    StoredBlocks(FileBytes file, String path, TableFile identity) {
        this.file = file;
        this.path = path;
        this.identity = identity;
    }

    /** The same blocks. Those in a part of the file that has so many bytes take one read together. */
    StoredBlocks readAhead(long offset, int bytes) throws IOException {
        return new StoredBlocks(new FileWindow(file, offset, bytes), path, identity);
    }

    /** A block in memory of its own. */
    Block read(BlockHandle handle) throws IOException {
        return read(handle, byte[]::new);
    }

    /** A block in memory of this thread. It is valid until the thread calls this method again, of any table. */
    Block readForNow(BlockHandle handle) throws IOException {
        return read(handle, DECOMPRESSED.get());
    }

    /** @param memory gives an array of at least so many bytes, for the block */
    Block read(BlockHandle handle, IntFunction<byte[]> memory) throws IOException {
        byte[] stored = readStored(handle);
        try {
            return BlockDecompressor.decompress(stored, bytesOf(handle), memory);
        } catch (MalformedException e) {
            throw corrupt(handle.offset(), e.getMessage());
        }
    }

    /** What has to be stored plain. It is valid until this thread reads the next block. */
    BytesReader readPlain(BlockHandle handle) throws IOException {
        byte[] stored = readStored(handle);
        int type = BlockFormat.typeOf(stored, bytesOf(handle));
        if (type != BlockFormat.TYPE_PLAIN) {
            throw corrupt(handle.offset(), "type " + type + " where plain bytes are due");
        }
        return new BytesReader(stored, 0, handle.bytes());
    }

    /** A body, whose checksum is right, with its trailer. It is valid until this thread reads the next one. */
    private byte[] readStored(BlockHandle handle) throws IOException {
        if (!handle.fits(identity.bytes())) {
            throw corrupt(handle.offset(), "a block of " + handle.bytes() + " bytes does not fit");
        }
        int bytes = bytesOf(handle);
        byte[] stored = STORED.get().apply(bytes);
        file.readFully(stored, 0, bytes, handle.offset());
        BlockFormat.requireValid(stored, bytes, path, identity.number(), handle.offset());
        return stored;
    }

    private static int bytesOf(BlockHandle handle) {
        return handle.bytes() + BlockFormat.TRAILER_BYTES;
    }

    CorruptException corrupt(long offset, String what) {
        return new CorruptException(path, offset, what);
    }
}
