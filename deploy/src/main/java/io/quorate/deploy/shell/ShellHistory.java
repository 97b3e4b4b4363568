package io.quorate.deploy.shell;

import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.terminal.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The file with the lines that were typed before. Only its owner may read it. A line with a token never gets there, nor
 * one that begins with a space.
 */
public final class ShellHistory {
    /** Patterns as JLine takes them. Tokens begin with this prefix. */
    static final String NEVER_KEPT = "*qrt_*";

    private ShellHistory() {}

    public static Path file(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path folder =
                state.isBlank() ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state") : Path.of(state);
        return folder.resolve("quorate").resolve("history");
    }

    /**
     * Makes the file if there is none, and takes the rights of others away.
     *
     * @return why there is no history, or empty
     */
    static Optional<String> prepare(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                PrivateFile.create(file, "");
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString("rw-------"));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no history is kept: " + file + ": " + FailureText.of(e));
        }
    }
}
