package io.quorate.node.lsm.manifest;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.table.TableFile;
import java.util.ArrayList;
import java.util.List;

/**
 * One change of a {@link ManifestState}, the payload of a frame.
 *
 * <pre>
 * edit    := log floor varint | last log varint | next number varint | count varint, added* | count varint, removed*
 * added   := table number varint | bytes varint | level varint
 * removed := table number varint
 * </pre>
 *
 * A table that is both removed and added changes its level. Format 2 has no next number.
 */
record ManifestEdit(long logFloor, long lastLog, long nextNumber, List<PlacedFile> added, List<Long> removed) {
    private static final int FIRST_VERSION_WITH_NEXT_NUMBER = 3;

    void write(BytesWriter out) {
        out.writeVarint(logFloor);
        out.writeVarint(lastLog);
        out.writeVarint(nextNumber);
        out.writeVarint(added.size());
        for (PlacedFile table : added) {
            out.writeVarint(table.file().number());
            out.writeVarint(table.file().bytes());
            out.writeVarint(table.level());
        }
        out.writeVarint(removed.size());
        removed.forEach(out::writeVarint);
    }

    /** @param version of the manifest's format */
    static ManifestEdit read(BytesReader in, int version) {
        long logFloor = in.readVarint();
        long lastLog = in.readVarint();
        long nextNumber = version < FIRST_VERSION_WITH_NEXT_NUMBER ? 0 : in.readVarint();
        List<PlacedFile> added = new ArrayList<>();
        for (int left = in.readVarint(in.remaining()); left > 0; left--) {
            TableFile file = new TableFile(in.readVarint(), in.readVarint());
            added.add(new PlacedFile(file, in.readVarint(TreeLevel.BOTTOM)));
        }
        List<Long> removed = new ArrayList<>();
        for (int left = in.readVarint(in.remaining()); left > 0; left--) {
            removed.add(in.readVarint());
        }
        in.requireEnd();
        return new ManifestEdit(logFloor, lastLog, nextNumber, added, removed);
    }
}
