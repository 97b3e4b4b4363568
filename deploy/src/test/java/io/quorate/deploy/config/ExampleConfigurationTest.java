package io.quorate.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that ships is the reference of all options, so it must neither lag behind nor lie about a default. */
final class ExampleConfigurationTest {
    private static final Path EXAMPLE = Path.of("src/dist/conf/node.yaml");

    @TempDir
    Path folder;

    @Test
    void theExampleIsValid() throws Exception {
        assertEquals("n1", NodeConfiguration.read(EXAMPLE, Map.of()).nodeId().name());
    }

    @Test
    void theDefaultsItShowsAreTheDefaults() throws Exception {
        Path allShown = folder.resolve("node.yaml");
        Files.writeString(allShown, Files.readString(EXAMPLE).replaceAll("(?m)^# (\\w+: \\S+)$", "$1"));
        Path sibling = folder.resolve("example.yaml");
        Files.copy(EXAMPLE, sibling);

        assertEquals(NodeConfiguration.read(sibling, Map.of()), NodeConfiguration.read(allShown, Map.of()));
    }

    @Test
    void itShowsEveryOption() throws Exception {
        String text = Files.readString(EXAMPLE);

        OptionGroup.options(NodeConfiguration.class)
                .map(RecordComponent::getName)
                .forEach(name -> assertTrue(text.contains(name + ": ") || text.contains(name + ":\n"), name));
    }
}
