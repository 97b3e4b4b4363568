package io.quorate.deploy.client.option;

import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.local.folder.PortLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoints of a command without {@code --endpoint}. They are those of {@code QUORATE_ENDPOINTS}, or else of the
 * local cluster whose folder is here, or else of a local cluster with the default ports.
 */
final class DefaultEndpoints {
    static final String VARIABLE = "QUORATE_ENDPOINTS";

    private DefaultEndpoints() {}

    static boolean isNamed(Map<String, String> environment) {
        return !environment.getOrDefault(VARIABLE, "").isBlank();
    }

    /** @throws IllegalArgumentException if the variable is set to something else than addresses */
    static List<Endpoint> of(Map<String, String> environment, Path workingDirectory) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return parse(named);
        }
        return localCluster(home(environment, workingDirectory).resolve(PortLayout.FILE));
    }

    /** A file in the folder of the local cluster here, if that cluster is secured. */
    static Optional<Path> file(String name, Map<String, String> environment, Path workingDirectory) {
        return Optional.of(home(environment, workingDirectory).resolve(name)).filter(Files::exists);
    }

    private static Path home(Map<String, String> environment, Path workingDirectory) {
        return workingDirectory.resolve(environment.getOrDefault("QUORATE_HOME", ".quorate"));
    }

    private static List<Endpoint> parse(String named) {
        try {
            return Arrays.stream(named.split(","))
                    .map(String::strip)
                    .map(Endpoint::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(VARIABLE + ": " + e.getMessage());
        }
    }

    /** A file that cannot be read, or that is damaged, is not this command's business: the default ports are tried. */
    private static List<Endpoint> localCluster(Path file) {
        try {
            return endpoints(
                    Files.exists(file)
                            ? PortLayout.parse(Files.readString(file)).orElse(PortLayout.DEFAULT)
                            : PortLayout.DEFAULT);
        } catch (IOException e) {
            return endpoints(PortLayout.DEFAULT);
        }
    }

    private static List<Endpoint> endpoints(PortLayout layout) {
        return layout.nodes().stream()
                .map(node -> new Endpoint(PortLayout.HOST, layout.httpPort(node)))
                .toList();
    }
}
