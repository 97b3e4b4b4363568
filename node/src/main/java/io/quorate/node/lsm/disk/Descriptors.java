package io.quorate.node.lsm.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Tells whether a file could not be opened for lack of file descriptors, or for another reason. */
final class Descriptors {
    /** The messages of the C library for EMFILE, ENFILE and ENOMEM, in the default language. */
    private static final List<String> LACKING = List.of("Too many open files", "Cannot allocate memory");

    /** A file that anyone can open as long as there are descriptors. */
    private static final Path PROBE = Path.of("/dev/null");

    private Descriptors() {}

    /** Whether this failure to open a file means so. In another language, an attempt to open a device shows it. */
    static boolean areLacking(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return LACKING.stream().anyMatch(message::contains) || Files.exists(PROBE) && !canOpenProbe();
    }

    private static boolean canOpenProbe() {
        try {
            FileChannel.open(PROBE, StandardOpenOption.READ).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
