package io.quorate.deploy.access;

import io.quorate.deploy.access.AccessFileWriter.AccessChange;
import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code --file}, the same for every command that shows or changes an access file. */
final class AccessFileOption {
    private static final String DEFAULT = "access.yaml";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description =
                    "the access file, YAML, or JSON if it ends with .json. Default: $QUORATE_ACCESS_FILE, or that of"
                            + " the local cluster in .quorate, or access.yaml")
    private Path given;

    AccessFile file() {
        return new AccessFile(given == null ? byDefault(System.getenv()) : given);
    }

    private static Path byDefault(Map<String, String> environment) {
        String named = environment.getOrDefault("QUORATE_ACCESS_FILE", "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        Path local =
                Path.of(environment.getOrDefault("QUORATE_HOME", ".quorate")).resolve(PortLayout.ACCESS);
        return Files.exists(local) ? local : Path.of(DEFAULT);
    }

    /** @throws CommandFailure if the file is wrong or cannot be written. Nothing was changed */
    void change(AccessChange change) {
        try {
            new AccessFileWriter(file()).change(change);
        } catch (AccessFileException e) {
            throw CommandFailure.usage(e.getMessage() + ". Nothing was changed");
        } catch (IOException e) {
            throw CommandFailure.refused(
                    "cannot write " + file().path() + ": " + e.getMessage() + ". Nothing was changed");
        }
    }

    /** @throws CommandFailure if there is no file, or it is wrong */
    AccessList list() {
        try {
            return file().list();
        } catch (AccessFileException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }
}
