package io.quorate.node.lsm.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.node.lsm.Overlap;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.ObservedDisk;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.table.TableFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The log, maintenance and compaction threads edit one manifest. An edit begins while another one is being forced. */
@Timeout(20)
class ConcurrentEditsTest {
    /** What one thread does. The number tells two edits of one kind apart. */
    private enum Editor {
        LOG {
            @Override
            void edit(Manifest manifest, int number) throws IOException {
                manifest.logStarted(3 + number);
            }
        },
        FLUSHER {
            @Override
            void edit(Manifest manifest, int number) throws IOException {
                manifest.flushed(new TableFile(20 + number, 100), 1 + number);
            }
        },
        COMPACTOR {
            @Override
            void edit(Manifest manifest, int number) throws IOException {
                manifest.compacted(List.of(10L + number), List.of(table(30 + number, 1)));
            }
        };

        abstract void edit(Manifest manifest, int number) throws IOException;
    }

    private static PlacedFile table(long number, int level) {
        return new PlacedFile(new TableFile(number, 100), level);
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Editor.values())
                .flatMap(first -> Arrays.stream(Editor.values()).map(second -> Arguments.of(first, second)));
    }

    private static Manifest start(Disk disk) throws IOException {
        Manifest manifest = Manifest.start(disk, new FileNumbers(40), ManifestState.EMPTY);
        manifest.logStarted(3);
        manifest.flushed(new TableFile(11, 100), 1);
        manifest.flushed(new TableFile(12, 100), 1);
        return manifest;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void bothEditsAreInTheManifest(Editor first, Editor second) throws Exception {
        CrashDisk disk = new CrashDisk();
        AtomicReference<Runnable> beforeForce = new AtomicReference<>(() -> {});
        Disk observed = ObservedDisk.of(disk, (call, file) -> {
            if (call.equals("force")) {
                beforeForce.get().run();
            }
        });
        try (Manifest manifest = start(observed)) {
            Overlap overlap = new Overlap(() -> second.edit(manifest, 2));
            beforeForce.set(overlap::hold);
            overlap.run(() -> first.edit(manifest, 1));
            ManifestState expected = oneAfterTheOther(first, second);
            assertEquals(expected, manifest.state());
            assertEquals(expected, Manifest.load(disk.copyOfDurable()));
        }
    }

    private static ManifestState oneAfterTheOther(Editor first, Editor second) throws IOException {
        try (Manifest manifest = start(new CrashDisk())) {
            first.edit(manifest, 1);
            second.edit(manifest, 2);
            return manifest.state();
        }
    }
}
