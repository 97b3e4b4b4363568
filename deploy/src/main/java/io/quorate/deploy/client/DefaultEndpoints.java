package io.quorate.deploy.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where a cluster is when nobody says: where {@code QUORATE_ENDPOINTS} says, or the local cluster whose folder is here, or
 * where a local cluster is when it is made without further ado.
 */
final class DefaultEndpoints {
    static final String VARIABLE = "QUORATE_ENDPOINTS";

    private static final List<Endpoint> USUAL = local(3, 7000);

    /** How many nodes, the HTTP port before the first one's, and the peers' ports: what {@code cluster} keeps. */
    private static final Pattern LAYOUT = Pattern.compile("(\\d) (\\d{1,5}) (\\d{1,5})\\s*");

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
        Path home = workingDirectory.resolve(environment.getOrDefault("QUORATE_HOME", ".quorate"));
        return localCluster(home.resolve("layout"));
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

    private static List<Endpoint> localCluster(Path layout) {
        try {
            Matcher numbers = LAYOUT.matcher(Files.exists(layout) ? Files.readString(layout) : "");
            return numbers.matches()
                    ? local(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                    : USUAL;
        } catch (IOException e) {
            return USUAL; // not ours to read: whoever is there
        }
    }

    private static List<Endpoint> local(int nodes, int portBase) {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(node -> new Endpoint("127.0.0.1", portBase + node))
                .toList();
    }
}
