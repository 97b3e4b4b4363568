package io.quorate.node.lsm.format;

import io.quorate.common.model.Coded;
import java.util.Locale;

/** The kinds of file in a data directory, and the one format of each that this program knows. */
public enum FileKind implements Coded {
    LOG(0x4c4f4721, 2),
    TABLE(0x5441424c, 2),
    MANIFEST(0x4d414e49, 2),
    CURRENT(0x43555252, 1),
    IDENTITY(0x4944454e, 1),
    CHECKPOINT(0x43484543, 1);

    private final int tag;
    private final int version;

    FileKind(int tag, int version) {
        this.tag = tag;
        this.version = version;
    }

    /** The first four bytes of such a file. */
    @Override
    public int code() {
        return tag;
    }

    /** The format version that is written and read. */
    int version() {
        return version;
    }

    /** The name's part before the number. */
    String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
