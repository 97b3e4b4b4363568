package io.quorate.node.lsm.table.block;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Direction;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that no writer makes. */
class BlockTest {
    private static final byte[] ENTRY = {0, 1, 0, 'k'};
    private static final byte[] ENTRY_WITHOUT_KEY = {0, 0, 0};

    private static Block block(byte[] entry, int entries, int... restarts) {
        BytesWriter out = new BytesWriter(64);
        for (int i = 0; i < entries; i++) {
            out.writeBytes(entry);
        }
        for (int restart : restarts) {
            out.writeInt(restart);
        }
        out.writeInt(restarts.length);
        byte[] bytes = out.toByteArray();
        return new Block(bytes, bytes.length);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void anEntryWithoutAKeyIsRefused(Direction direction) {
        RawCursor cursor = BlockCursors.over(block(ENTRY_WITHOUT_KEY, 1, 0), direction);
        assertThrows(MalformedException.class, cursor::advance);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 8, 9, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aRestartWhereNoEntryBeginsIsRefused(int restart) {
        RawCursor cursor = BlockCursors.over(block(ENTRY, 2, restart), Direction.DESCENDING);
        assertThrows(MalformedException.class, cursor::advance);
    }

    /** A walk down would come by the same entries again and again. */
    @Test
    void restartsThatDoNotAscendAreRefused() throws IOException {
        assertTrue(
                BlockCursors.over(block(ENTRY, 2, 0, 4), Direction.DESCENDING).advance());
        RawCursor cursor = BlockCursors.over(block(ENTRY, 2, 0, 0, 0), Direction.DESCENDING);
        assertTrue(cursor.advance());
        assertTrue(cursor.advance());
        assertThrows(MalformedException.class, cursor::advance);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberOfRestartsThatDoesNotFitIsRefused(int count) {
        BytesWriter out = new BytesWriter(64);
        out.writeBytes(ENTRY);
        out.writeInt(0);
        out.writeInt(count);
        byte[] bytes = out.toByteArray();
        assertThrows(MalformedException.class, () -> new Block(bytes, bytes.length));
    }

    @Test
    void noPlaceBeyondTheFileFits() {
        assertTrue(new BlockHandle(10, 85).fits(100));
        for (BlockHandle handle : new BlockHandle[] {
            new BlockHandle(10, 86),
            new BlockHandle(-1, 1),
            new BlockHandle(1, -1),
            new BlockHandle(Long.MAX_VALUE, 1),
            new BlockHandle(Long.MAX_VALUE, Integer.MAX_VALUE),
            new BlockHandle(Long.MIN_VALUE, 1),
            new BlockHandle(0, Integer.MAX_VALUE)
        }) {
            assertFalse(handle.fits(100), handle::toString);
        }
    }
}
