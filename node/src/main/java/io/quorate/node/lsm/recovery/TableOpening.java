package io.quorate.node.lsm.recovery;

import io.quorate.node.lsm.manifest.PlacedFile;
import io.quorate.node.lsm.view.PlacedTable;
import io.quorate.node.lsm.view.TableFiles;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Opens the tables of a manifest. The thread of the start takes one after the other, and so do other threads if they
 * are free. So disks with long latencies have several reads to do. The start waits only for tables that another thread
 * has taken already, never for a task that did not begin.
 */
final class TableOpening {
    /** No store has more threads for merges by default. */
    private static final int HELPERS = 2;

    private final TableFiles files;
    private final List<PlacedFile> placed;
    private final PlacedTable[] opened;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Those who may be opening a table. The start is the first. */
    private final Phaser atWork = new Phaser(1);

    TableOpening(TableFiles files, List<PlacedFile> placed) {
        this.files = files;
        this.placed = placed;
        this.opened = new PlacedTable[placed.size()];
    }

    /**
     * Opens all.
     *
     * @param into receives all that were opened, also before a failure, in the order of the manifest
     */
    void run(Executor helpers, List<PlacedTable> into) throws IOException {
        for (int i = 0; i < Math.min(HELPERS, placed.size() - 1); i++) {
            helpers.execute(this::help);
        }
        openUntilNoneIsLeft();
        atWork.arriveAndAwaitAdvance();
        for (PlacedTable each : opened) {
            if (each != null) {
                into.add(each);
            }
        }
        rethrow(failure.get());
    }

    /** One that begins when all are taken finds none. */
    private void help() {
        atWork.register();
        openUntilNoneIsLeft();
        atWork.arriveAndDeregister();
    }

    private void openUntilNoneIsLeft() {
        int taken = next.getAndIncrement();
        while (taken < opened.length && failure.get() == null) {
            try {
                PlacedFile file = placed.get(taken);
                opened[taken] = PlacedTable.of(files.openWithoutFilter(file.file(), file.level()), file.level());
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
            taken = next.getAndIncrement();
        }
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
