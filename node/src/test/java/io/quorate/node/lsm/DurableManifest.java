package io.quorate.node.lsm;

import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The manifest as a loss of power would leave it, without any unforced bytes. No file that it names may be deleted. */
final class DurableManifest {
    private DurableManifest() {}

    static void check(CrashDisk disk, Operation operation) {
        if (operation.kind() == Kind.DELETE || operation.kind() == Kind.RENAME) {
            FileName.parse(operation.name()).ifPresent(file -> requireNotNeeded(disk, operation, file));
        }
    }

    private static void requireNotNeeded(CrashDisk disk, Operation operation, FileName file) {
        try {
            CrashDisk durable = disk.copyOfDurable();
            ManifestState state = Manifest.load(durable);
            boolean current = file.kind() == FileKind.MANIFEST && file.number() == CurrentFile.read(durable);
            if (current || isNeeded(state, file)) {
                throw new AssertionError(operation + ", though the durable manifest needs it: " + state);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNeeded(ManifestState state, FileName file) {
        if (file.kind() == FileKind.LOG) {
            return file.number() >= state.logFloor() && file.number() <= state.lastLog();
        }
        return file.kind() == FileKind.TABLE && state.tables().containsKey(file.number());
    }
}
