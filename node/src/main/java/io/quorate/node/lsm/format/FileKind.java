package io.quorate.node.lsm.format;

import io.quorate.common.model.Coded;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of file in a data directory, and the formats of each that this program reads. It writes the newest. */
public enum FileKind implements Coded {
    LOG(0x4c4f4721, 2, 4, true),
    TABLE(0x5441424c, 2, 4, true),
    MANIFEST(0x4d414e49, 2, 3, true),
    CURRENT(0x43555252, 1, 1, false),
    IDENTITY(0x4944454e, 1, 2, false),
    CHECKPOINT(0x43484543, 1, 1, false),
    MEMBERS(0x4d454d42, 1, 1, false);

    private final int tag;
    private final int oldestVersion;
    private final int version;
    private final boolean numbered;

    FileKind(int tag, int oldestVersion, int version, boolean numbered) {
        this.tag = tag;
        this.oldestVersion = oldestVersion;
        this.version = version;
        this.numbered = numbered;
    }

    /** The kind of the numbered files with this prefix, or empty if there is none. */
    static Optional<FileKind> ofPrefix(String prefix) {
        return Arrays.stream(values())
                .filter(kind -> kind.numbered && kind.prefix().equals(prefix))
                .findFirst();
    }

    /** The first four bytes of such a file. */
    @Override
    public int code() {
        return tag;
    }

    /** The format version that is written. It is the newest that is read. */
    int version() {
        return version;
    }

    /** The oldest format version that is read. */
    int oldestVersion() {
        return oldestVersion;
    }

    /** The name's part before the number. */
    String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
