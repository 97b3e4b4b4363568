package io.quorate.deploy;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config FILE}, the same for every server. */
final class ConfigurationOption {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "the process's configuration, YAML or JSON; conf/node.yaml explains every option")
    Path file;
}
