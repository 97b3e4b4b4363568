package io.quorate.node.lsm.table;

import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.Record;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.EncodedCursor;
import io.quorate.node.lsm.format.EncodedEntry;
import java.io.IOException;
import java.util.Optional;

/** The entries of a table in a range, in one direction. */
final class TableCursor implements EncodedCursor {
    private final LevelCursor entries;
    private final EncodedEntry entry = new EncodedEntry();
    private final String path;
    private final Direction direction;
    private final Optional<byte[]> from;
    private final Optional<byte[]> to;
    private boolean begun;
    private boolean ended;

    /** @param entries the table's, in this direction, not moved yet */
    TableCursor(LevelCursor entries, String path, KeyRange range, Direction direction) {
        boolean up = direction == Direction.ASCENDING;
        this.entries = entries;
        this.path = path;
        this.direction = direction;
        this.from = (up ? range.start() : range.end()).map(Key::bytes);
        this.to = (up ? range.end() : range.start()).map(Key::bytes);
    }

    /** @throws CorruptException if the next entry is damaged */
    @Override
    public boolean advance() throws IOException {
        try {
            ended = ended || !move() || isBeyond();
            return !ended;
        } catch (MalformedException e) {
            throw new CorruptException(path, entries.offset(), e.getMessage());
        }
    }

    private boolean move() throws IOException {
        if (!begun && from.isPresent()) {
            begun = true;
            return entries.seek(from.get());
        }
        begun = true;
        return entries.advance();
    }

    private boolean isBeyond() {
        if (to.isEmpty()) {
            return false;
        }
        int order = entries.compareKey(to.get());
        return direction == Direction.ASCENDING ? order >= 0 : order < 0;
    }

    @Override
    public Key key() {
        return entries.key();
    }

    @Override
    public EncodedEntry entry() {
        try {
            entries.show(entry);
            return entry;
        } catch (MalformedException e) {
            throw new CorruptException(path, entries.offset(), e.getMessage());
        }
    }

    @Override
    public Record record() {
        try {
            return RecordCodec.readStoredRecord(entries.content());
        } catch (MalformedException e) {
            throw new CorruptException(path, entries.offset(), e.getMessage());
        }
    }
}
