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
 * edit    := log floor varint | last log varint | count varint, added* | count varint, removed*
 * added   := table number varint | bytes varint | level varint
 * removed := table number varint
 * </pre>
 *
 * A table that is both removed and added changes its level.
 */
record ManifestEdit(long logFloor, long lastLog, List<PlacedFile> added, List<Long> removed) {
    void write(BytesWriter out) {
        out.writeVarint(logFloor);
        out.writeVarint(lastLog);
        out.writeVarint(added.size());
        for (PlacedFile table : added) {
            out.writeVarint(table.file().number());
            out.writeVarint(table.file().bytes());
            out.writeVarint(table.level());
        }
        out.writeVarint(removed.size());
        removed.forEach(out::writeVarint);
    }

    static ManifestEdit read(BytesReader in) {
        long logFloor = in.readVarint();
        long lastLog = in.readVarint();
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
        return new ManifestEdit(logFloor, lastLog, added, removed);
    }
}
