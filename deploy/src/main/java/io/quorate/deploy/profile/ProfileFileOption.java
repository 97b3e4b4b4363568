package io.quorate.deploy.profile;

import io.quorate.deploy.client.profile.ProfileFile;
import java.nio.file.Path;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code --file}, the same for every command that shows or changes profiles. */
final class ProfileFileOption {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description = "the file with the profiles. Default: $QUORATE_PROFILES, or quorate/profiles.yaml in"
                    + " $XDG_CONFIG_HOME or ~/.config")
    private Path given;

    ProfileFile file() {
        return given == null ? ProfileFile.of(System.getenv()) : new ProfileFile(given);
    }
}
