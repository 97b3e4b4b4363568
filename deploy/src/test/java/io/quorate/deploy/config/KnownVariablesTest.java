package io.quorate.deploy.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KnownVariablesTest {
    private static final Pattern VARIABLE = Pattern.compile("QUORATE_[A-Z_]*[A-Z]");

    @Test
    void aMisspeltVariableIsNamedWithTheRightOne() {
        List<String> problems = KnownVariables.misspelt(Map.of(
                "QUORATE_HTTP_PROT", "7001", "QUORATE_ENDPOINT", "a:1", "QUORATE_HTTP_PORT", "7001", "HOME", "/root"));

        assertEquals(2, problems.size());
        assertTrue(problems.get(0).contains("QUORATE_ENDPOINT has no effect"), problems.get(0));
        assertTrue(problems.get(0).contains("did you mean QUORATE_ENDPOINTS?"), problems.get(0));
        assertTrue(problems.get(1).contains("did you mean QUORATE_HTTP_PORT?"), problems.get(1));
    }

    @Test
    void aVariableUnlikeAllOthersIsShownThreeInsteadOfAll() {
        String problem =
                KnownVariables.misspelt(Map.of("QUORATE_NODE_PORT", "1")).get(0);

        assertTrue(
                problem.endsWith("(the nearest are QUORATE_HTTP_PORT, QUORATE_NODE_ID, QUORATE_PEER_PORT)"), problem);
    }

    @Test
    void theVariablesThatKubernetesSetsForAServiceAreNotMisspelt() {
        Map<String, String> service = Map.of(
                "QUORATE_SERVICE_HOST", "10.0.0.1",
                "QUORATE_SERVICE_PORT_HTTP", "7001",
                "QUORATE_HEADLESS_SERVICE_PORT", "7001",
                "QUORATE_PORT", "tcp://10.0.0.1:7001",
                "QUORATE_PORT_7001_TCP_ADDR", "10.0.0.1");

        assertEquals(List.of(), KnownVariables.misspelt(service));
    }

    /** A variable that a document or a script names must not be reported as misspelt. */
    @Test
    void everyVariableOfDocumentsScriptsAndSourcesIsKnown() throws IOException {
        Map<String, String> named = new TreeMap<>();
        for (String folder : List.of("docs", "docker", "kubernetes", "systemd", "src/dist", "src/main", "../scripts")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher matcher = VARIABLE.matcher(new String(Files.readAllBytes(file), UTF_8));
                    matcher.results().forEach(found -> named.put(found.group(), file.toString()));
                }
            }
        }

        assertEquals(List.of(), KnownVariables.misspelt(named));
    }
}
