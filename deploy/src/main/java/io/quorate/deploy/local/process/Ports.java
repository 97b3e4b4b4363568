package io.quorate.deploy.local.process;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.local.folder.PortLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the processes that listen on the ports that a node needs. */
public final class Ports {
    private static final int CONNECT_TIMEOUT_MS = 1_000;
    private static final int COMMAND_CHARS_MAX = 180;
    private static final String LISTENING = "0A";

    private Ports() {}

    /** A sentence for each port of these nodes that is taken. */
    public static List<String> taken(PortLayout layout, List<NodeId> nodes) {
        List<String> sentences = new ArrayList<>();
        for (NodeId node : nodes) {
            for (int port : new int[] {layout.httpPort(node), layout.peerPort(node)}) {
                if (isTaken(port)) {
                    sentences.add("port " + port + ", which " + node + " needs, is taken"
                            + holder(port).map(who -> ", by " + who).orElse(""));
                }
            }
        }
        return sentences;
    }

    static boolean isTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(PortLayout.HOST, port), CONNECT_TIMEOUT_MS);
            return true;
        } catch (IOException e) {
            return false; // refused: no process listens
        }
    }

    /** The process that has the listening socket among its open files, if the system shows it. */
    private static Optional<String> holder(int port) {
        try {
            Optional<String> inode = inode(port);
            return inode.isEmpty() ? Optional.empty() : process("socket:[" + inode.get() + "]");
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> inode(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[1].endsWith(local) && fields[3].equals(LISTENING)) {
                    return Optional.of(fields[9]);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> process(String socket) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, socket)) {
                    return Optional.of("process " + process.getFileName() + command(process));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasOpen(Path process, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // another user's, or gone
        }
        return false;
    }

    private static String command(Path process) {
        try {
            String words = Files.readString(process.resolve("cmdline"))
                    .replace('\0', ' ')
                    .strip();
            boolean isLong = words.length() > COMMAND_CHARS_MAX;
            return " ("
                    + (isLong
                            ? words.substring(0, words.indexOf(' ') + 1) + "... "
                                    + words.substring(words.length() - COMMAND_CHARS_MAX / 2)
                            : words)
                    + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
