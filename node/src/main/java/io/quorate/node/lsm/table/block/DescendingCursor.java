package io.quorate.node.lsm.table.block;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Key;
import io.quorate.node.lsm.format.EncodedEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Goes down through a block. An entry can only be decoded from a restart before it. So the cursor decodes all entries
 * from one restart to the next, and returns them from the last on. Each entry is decoded once.
 */
final class DescendingCursor implements RawCursor {
    private final Block block;
    private final AscendingCursor decoder;
    private final List<BlockEntry> run = new ArrayList<>();
    private int runsLeft;
    private BlockEntry entry;

    DescendingCursor(Block block) {
        this.block = block;
        this.decoder = new AscendingCursor(block);
        this.runsLeft = block.restartCount();
    }

    private record BlockEntry(byte[] key, int contentAt, int contentLength) {}

    @Override
    public boolean advance() {
        if (run.isEmpty()) {
            if (runsLeft == 0) {
                return false;
            }
            decode(--runsLeft);
        }
        entry = run.remove(run.size() - 1);
        return true;
    }

    private void decode(int restart) {
        int end = block.endOfRun(restart);
        decoder.moveToRestart(restart);
        while (decoder.position() < end && decoder.advance()) {
            run.add(decoded());
        }
        if (run.isEmpty() || decoder.position() != end) {
            throw new MalformedException("restart " + restart + " of a block is not where an entry begins");
        }
    }

    private BlockEntry decoded() {
        return new BlockEntry(decoder.keyBytes(), decoder.contentAt(), decoder.contentLength());
    }

    @Override
    public boolean seek(byte[] bound) {
        decodeBelow(bound);
        return advance();
    }

    @Override
    public boolean seekCovering(byte[] bound) {
        if (decodeBelow(bound)) {
            run.add(decoded());
        }
        return advance();
    }

    /** Makes the entries below {@code bound} the rest. True if the decoder is at the entry after them. */
    private boolean decodeBelow(byte[] bound) {
        run.clear();
        runsLeft = decoder.restartBelow(bound);
        decoder.moveToRestart(runsLeft);
        while (decoder.advance()) {
            if (decoder.compareKey(bound) >= 0) {
                return true;
            }
            run.add(decoded());
        }
        return false;
    }

    @Override
    public int compareKey(byte[] other) {
        return Arrays.compareUnsigned(entry.key, other);
    }

    @Override
    public Key key() {
        return Key.ofStored(entry.key);
    }

    @Override
    public BytesReader content() {
        return block.slice(entry.contentAt, entry.contentLength);
    }

    @Override
    public void show(EncodedEntry target) {
        target.setKey(entry.key, entry.key.length);
        target.setRecord(block.bytes(), entry.contentAt, entry.contentLength);
    }
}
