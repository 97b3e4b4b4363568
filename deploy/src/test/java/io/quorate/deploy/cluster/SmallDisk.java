package io.quorate.deploy.cluster;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A small file system for the data of a node that does not run. The node's present files are copied to it. */
public final class SmallDisk implements AutoCloseable {
    private static final String FILLER = "filler";

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Skips the test if this user may not mount. */
    public static SmallDisk under(LocalNode node, int mebibytes) throws IOException, InterruptedException {
        return under(node, "size=" + mebibytes + "m");
    }

    /** One with space, and with few inodes. Skips the test if this user may not mount. */
    public static SmallDisk withInodes(LocalNode node, int inodes) throws IOException, InterruptedException {
        return under(node, "nr_inodes=" + inodes);
    }

    private static SmallDisk under(LocalNode node, String limit) throws IOException, InterruptedException {
        Path data = node.folder().resolve("data");
        Path copy = node.folder().resolve("data-before");
        run("cp", "-a", data.toString(), copy.toString());
        if (!mayMount("mount", "-t", "tmpfs", "-o", "mode=777," + limit, "tmpfs", data.toString())) {
            String skipped = "SKIPPED: a full disk is not tried, since this user may not mount a small file system";
            System.err.println(skipped);
            abort(skipped);
        }
        SmallDisk disk = new SmallDisk(data);
        run("cp", "-a", copy + "/.", data.toString());
        return disk;
    }

    /** Takes all the room there is, and not what the node gives away when it meets the shortage meanwhile. */
    public void fill() throws IOException {
        byte[] chunk = new byte[4 << 10];
        long bytes = Files.getFileStore(directory).getUsableSpace();
        try (OutputStream filler = Files.newOutputStream(directory.resolve(FILLER))) {
            for (long left = bytes; left > 0; left -= chunk.length) {
                filler.write(chunk);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    public void free() throws IOException {
        Files.delete(directory.resolve(FILLER));
    }

    /** Takes all the inodes there are. */
    public void fillWithFiles() throws IOException {
        try {
            for (int i = 0; ; i++) {
                Files.createFile(directory.resolve(FILLER + i));
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    public void deleteFillers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(FILLER)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The node must have ended. */
    @Override
    public void close() throws IOException {
        try {
            if (!mayMount("umount", directory.toString())) {
                throw new IOException("cannot unmount " + directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean mayMount(String... command) throws IOException, InterruptedException {
        List<String> asRoot = new ArrayList<>(List.of("sudo", "-n"));
        asRoot.addAll(List.of(command));
        return succeeds(List.of(command)) || succeeds(asRoot);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (!succeeds(List.of(command))) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such command here
        }
    }
}
