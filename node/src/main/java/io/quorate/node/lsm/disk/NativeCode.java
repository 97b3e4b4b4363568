package io.quorate.node.lsm.disk;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.util.Native;

/**
 * The native code of LZ4 and Zstandard. Their libraries unpack it into the temporary directory when it is first used.
 * For Zstandard that may be the first deep merge, days after the start, and a temporary directory that is mounted
 * noexec would fail it there. So a process loads and tries the code at its start, and removes the unpacked files at
 * once: a killed process leaves none behind.
 */
public final class NativeCode {
    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
    private static final int MAPPED_FILES_COLUMNS = 6;
    private static final int TRIED_BYTES = 1_000;

    private NativeCode() {}

    /**
     * Loads the native code, if that has not happened yet, and compresses a few bytes with it.
     *
     * @param spare a directory to unpack into if the temporary directory does not allow it
     * @throws IOException if Zstandard does not work here; the message names the ways out
     */
    public static synchronized void load(Path spare) throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            loadZstd(temporary, spare);
            tryZstd();
            LZ4Factory.fastestInstance();
        } finally {
            deleteUnpacked(List.of(temporary, spare));
        }
    }

    /** False if LZ4 runs as Java code, since its native code cannot be loaded: that works, and is slower. */
    public static boolean isLz4Native() {
        return Native.isLoaded();
    }

    private static void loadZstd(Path temporary, Path spare) throws IOException {
        try {
            com.github.luben.zstd.util.Native.load(temporary.toFile());
        } catch (LinkageError first) {
            try {
                com.github.luben.zstd.util.Native.load(spare.toFile());
            } catch (LinkageError second) {
                throw new IOException(
                        "cannot load the native code of Zstandard from " + temporary + " (" + reason(first)
                                + ") or from " + spare + " (" + reason(second) + "). Mount one of them without noexec,"
                                + " or name another directory by QUORATE_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                        first);
            }
        }
    }

    private static String reason(LinkageError failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static void tryZstd() throws IOException {
        byte[] bytes = new byte[TRIED_BYTES];
        Arrays.fill(bytes, (byte) 'q');
        byte[] restored = Zstd.decompress(Zstd.compress(bytes), TRIED_BYTES);
        if (!Arrays.equals(bytes, restored)) {
            throw new IOException("the native code of Zstandard does not restore the bytes that it compressed");
        }
    }

    /** A loaded library needs its file no longer. Only Linux shows which files this process has loaded. */
    private static void deleteUnpacked(List<Path> directories) throws IOException {
        if (!Files.isReadable(MAPPED_FILES)) {
            return;
        }
        for (String line : Files.readAllLines(MAPPED_FILES)) {
            String[] columns = line.split(" +", MAPPED_FILES_COLUMNS);
            String file = columns.length == MAPPED_FILES_COLUMNS ? columns[MAPPED_FILES_COLUMNS - 1] : "";
            if (file.contains("/liblz4-java-") || file.contains("/libzstd-jni-")) {
                deleteIfIn(directories, Path.of(file));
            }
        }
    }

    private static void deleteIfIn(List<Path> directories, Path file) throws IOException {
        for (Path directory : directories) {
            if (Files.isDirectory(directory) && directory.toRealPath().equals(file.getParent())) {
                Files.deleteIfExists(file);
            }
        }
    }
}
