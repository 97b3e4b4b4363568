package io.quorate.node.lsm.manifest;

import io.quorate.common.codec.BytesWriter;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import java.io.IOException;
import java.util.List;

/** The file {@code CURRENT}. It is only a file header, whose number is that of the current manifest. */
public final class CurrentFile {
    public static final String NAME = "CURRENT";

    /** The new file before it takes the place of {@link #NAME}. If a start finds it, it never did. */
    public static final String NEXT_NAME = "CURRENT.next";

    private CurrentFile() {}

    /**
     * The number of the current manifest.
     *
     * @throws CannotOpenException if there is no store, or the file is not ours
     * @throws io.quorate.node.lsm.failure.CorruptException if the file is damaged
     */
    public static long read(Disk disk) throws IOException {
        List<String> names = disk.list();
        if (!names.contains(NAME)) {
            throw new CannotOpenException(
                    OpenFailure.MISSING,
                    "there is no store in " + disk.pathOf("") + ": the file " + NAME
                            + " is missing. If this is a checkpoint, it was cut off before its end: delete it"
                            + " and make another. If a store was there, its files were deleted or moved: put them back, or"
                            + " replace the node with a new member");
        }
        try (DiskFile file = disk.open(NAME)) {
            FileHeader.requireOwn(file, disk.pathOf(NAME), names);
            return FileHeader.read(file, disk.pathOf(NAME), FileKind.CURRENT);
        }
    }

    /** Makes another manifest the current one, durably. The manifest and its name must be durable already. */
    static void replace(Disk disk, long manifest) throws IOException {
        disk.deleteIfPresent(NEXT_NAME);
        BytesWriter out = new BytesWriter(FileHeader.BYTES);
        FileHeader.write(out, FileKind.CURRENT, manifest);
        try (DiskFile file = disk.create(NEXT_NAME)) {
            file.writeFully(out.array(), 0, out.length(), 0);
            file.force();
        }
        disk.rename(NEXT_NAME, NAME);
        disk.forceDirectory();
    }
}
