package io.quorate.node.lsm.inspect;

import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeader;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.inspect.VerificationFinding.Severity;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.lsm.manifest.Manifest;
import io.quorate.node.lsm.manifest.ManifestState;
import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.table.TableCheck;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties;
import io.quorate.node.lsm.wal.EndOfLog;
import io.quorate.node.lsm.wal.FrameScanner;
import io.quorate.node.lsm.wal.LogReplay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Reads every byte that counts of a store that no process has open: {@code CURRENT}, the manifest, each table as a
 * whole, and each log segment that is still needed. After a damaged part it goes on where it can. Files that a start
 * would delete, and bytes after the end of a log, do not count.
 */
public final class Verification {
    private final Disk disk;
    private final Consumer<VerificationFinding> findings;
    private final Progress progress;
    private final LevelCheck levels = new LevelCheck();
    private boolean logWhole = true;

    private Verification(Disk disk, Consumer<VerificationFinding> findings, Progress progress) {
        this.disk = disk;
        this.findings = findings;
        this.progress = progress;
    }

    /** Receives the progress of reading. */
    public interface Progress {
        /** @param bytes how many more bytes of the file were read */
        void read(String name, long bytes);
    }

    /**
     * @param findings receives each finding at once
     * @throws CannotOpenException if there is no store, or one of a later release
     */
    public static void run(Disk disk, Consumer<VerificationFinding> findings, Progress progress) throws IOException {
        new Verification(disk, findings, progress).run();
    }

    private void run() throws IOException {
        Optional<ManifestState> state = manifest();
        for (PlacedFile placed :
                state.map(found -> List.copyOf(found.tables().values())).orElse(allTables())) {
            table(placed);
        }
        if (state.isPresent()) {
            log(state.get());
        }
    }

    private void table(PlacedFile placed) {
        String name = FileName.table(placed.file().number()).toString();
        guard(name, () -> {
            Optional<TableProperties> properties =
                    TableCheck.run(disk, placed.file(), this::report, bytes -> progress.read(name, bytes));
            Optional<Long> other = properties.flatMap(found -> levels.overlapped(placed, found));
            if (other.isPresent()) {
                throw new CorruptException(
                        disk.pathOf(name),
                        0,
                        "its keys overlap those of " + FileName.table(other.get()) + ", which is of level "
                                + placed.level() + " too; the next start puts one of them into level 0");
            }
        });
    }

    private interface Check {
        void run() throws IOException;
    }

    /** False if the check ended early. */
    private boolean guard(String name, Check check) {
        try {
            check.run();
            return true;
        } catch (CorruptException e) {
            report(e);
        } catch (CannotOpenException e) {
            if (e.reason() == OpenFailure.MISSING
                    || e.reason() == OpenFailure.NEWER
                    || e.reason() == OpenFailure.OLDER) {
                throw e;
            }
            findings.accept(new VerificationFinding(Severity.DAMAGE, disk.pathOf(name), 0, e.getMessage()));
        } catch (IOException e) {
            findings.accept(new VerificationFinding(Severity.DAMAGE, disk.pathOf(name), 0, "it cannot be read: " + e));
        }
        return false;
    }

    private void report(CorruptException e) {
        findings.accept(new VerificationFinding(Severity.DAMAGE, e.path(), e.offset(), e.what()));
    }

    /** Every table in the directory, as if of level 0. For when it is unknown which ones count. */
    private List<PlacedFile> allTables() throws IOException {
        List<PlacedFile> files = new ArrayList<>();
        for (String name : disk.list()) {
            Optional<FileName> parsed = FileName.parse(name).filter(file -> file.kind() == FileKind.TABLE);
            if (parsed.isPresent()) {
                try (DiskFile file = disk.open(name)) {
                    files.add(new PlacedFile(new TableFile(parsed.get().number(), file.size()), 0));
                }
            }
        }
        return files;
    }

    private Optional<ManifestState> manifest() throws IOException {
        AtomicLong number = new AtomicLong();
        AtomicReference<ManifestState> state = new AtomicReference<>();
        boolean known = guard(CurrentFile.NAME, () -> {
            number.set(CurrentFile.read(disk));
            requireExactly(CurrentFile.NAME, FileHeader.BYTES);
        });
        if (known) {
            guard(FileName.manifest(number.get()).toString(), () -> {
                state.set(Manifest.load(disk));
                noteOpenManifest(number.get());
            });
        }
        return Optional.ofNullable(state.get());
    }

    private void requireExactly(String name, long bytes) throws IOException {
        try (DiskFile file = disk.open(name)) {
            progress.read(name, file.size());
            if (file.size() != bytes) {
                throw new CorruptException(disk.pathOf(name), bytes, "it has " + file.size() + " bytes and should end");
            }
        }
    }

    private void noteOpenManifest(long number) throws IOException {
        String name = FileName.manifest(number).toString();
        try (DiskFile file = disk.open(name)) {
            FrameScanner scanner = FrameScanner.open(file, disk.pathOf(name), FileKind.MANIFEST, number);
            while (scanner.advance()) {}
            progress.read(name, file.size());
            if (scanner.verdict() == EndOfLog.TORN) {
                noteOpenEnd(name, scanner.end(), "an edit that was cut off, or is damaged");
            }
        }
    }

    private void noteOpenEnd(String name, long offset, String what) {
        findings.accept(new VerificationFinding(Severity.OPEN_END, disk.pathOf(name), offset, what));
    }

    /** Reads each segment by itself, so that damage in one does not hide damage in the next. Then reads their chain. */
    private void log(ManifestState state) throws IOException {
        List<String> names = disk.list();
        for (long number = state.logFloor(); number <= state.lastLog(); number++) {
            String name = FileName.log(number).toString();
            if (names.contains(name)) {
                long segment = number;
                logWhole &= guard(name, () -> segment(name, segment, segment == state.lastLog()));
            }
        }
        if (logWhole) {
            String first = FileName.log(state.logFloor()).toString();
            guard(first, () -> new LogReplay(disk, state.logFloor(), state.lastLog(), (key, record) -> {}).run());
        }
    }

    private void segment(String name, long number, boolean last) throws IOException {
        try (DiskFile file = disk.open(name)) {
            String path = disk.pathOf(name);
            FrameScanner scanner = FrameScanner.open(file, path, FileKind.LOG, number);
            while (scanner.advance()) {}
            progress.read(name, file.size());
            if (last && scanner.verdict() == EndOfLog.TORN) {
                noteOpenEnd(name, scanner.end(), "the log was not closed, or its last group is damaged");
            }
        }
    }
}
