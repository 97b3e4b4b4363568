package io.quorate.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} is made from the records of the options: from their Javadoc, and from the limits that
 * reading enforces. To write it again after a change:
 *
 * <pre>
 * mvn -pl deploy -am test -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dreference.write=true
 * </pre>
 */
final class ConfigurationReferenceTest {
    private static final Path REFERENCE = Path.of("docs/configuration.md");
    private static final Path EXAMPLE = Path.of("src/dist/conf/node.yaml");
    private static final Pattern NUMBER = Pattern.compile("Default (\\d+)(?![\\d.])( MiB)?");
    private static final int WIDTH = 120;

    @Test
    void theReferenceIsWhatTheRecordsSay() throws Exception {
        String reference = reference();
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(REFERENCE, reference);
        }
        assertEquals(reference, Files.readString(REFERENCE), "stale: see this class");
    }

    @Test
    void theDocumentedDefaultsAreTheDefaults() throws Exception {
        NodeConfiguration defaults = NodeConfiguration.read(EXAMPLE, Map.of());
        int ofACoordinator = numbersDocumented(CoordinatorConfiguration.class, defaults.coordinator());
        assertTrue(ofACoordinator > 5, () -> ofACoordinator + " numbers");
        assertTrue(numbersDocumented(NodeConfiguration.class, defaults) > ofACoordinator + 2);
    }

    /** Compares each default number in the docs of a record with the record's own, and returns how many there are. */
    private static int numbersDocumented(Class<? extends Record> type, Record defaults) throws Exception {
        Map<String, String> docs = RecordDocs.of(type);
        int documented = 0;
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = component.getAccessor().invoke(defaults);
            if (value instanceof OptionGroup && value instanceof Record group) {
                documented += numbersDocumented(group.getClass(), group);
                continue;
            }
            Matcher number = NUMBER.matcher(docs.get(component.getName()));
            if (number.find()) {
                int unit = number.group(2) == null ? 1 : 1 << 20;
                assertEquals(value, Integer.parseInt(number.group(1)) * unit, component::getName);
                documented++;
            }
        }
        return documented;
    }

    private static String reference() throws IOException {
        return """
                # Configuration

                <!-- Made by ConfigurationReferenceTest of the records in io.quorate.deploy.config; do not edit. -->

                A process reads one file, which `--config` names. It is YAML or JSON, by its name. If something in it is wrong, the
                process reports all mistakes at once and does not start. A variable of the environment overrides an option:
                `QUORATE_HTTP_PORT` overrides `httpPort`. Write a list in YAML's short form. `conf/node.yaml` in the distribution has
                every option with its default.

                ## Every process

                Of `quorate node` and `quorate coordinator`.

                """
                + options(CoordinatorConfiguration.class)
                + "## Nodes only\n\nOf `quorate node`.\n\n"
                + options(NodeConfiguration.class)
                        .substring(options(CoordinatorConfiguration.class).length())
                + "## An entry of `members`\n\n"
                + options(Member.class).stripTrailing()
                + "\n";
    }

    private static String options(Class<? extends Record> record) throws IOException {
        Map<String, String> docs = RecordDocs.of(record);
        List<RecordComponent> components = List.of(record.getRecordComponents());
        assertEquals(
                components.stream().map(RecordComponent::getName).toList(),
                List.copyOf(docs.keySet()),
                record + " documents each of its components, in their order");
        StringBuilder text = new StringBuilder();
        for (RecordComponent each : components) {
            String name = each.getName();
            text.append(
                    OptionGroup.class.isAssignableFrom(each.getType())
                            ? options(each.getType().asSubclass(Record.class))
                            : "### `" + name + "`\n\n" + wrapped(sentence(docs.get(name)) + "." + limits(record, name))
                                    + "\n\n");
        }
        return text.toString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String limits(Class<? extends Record> record, String name) {
        if (record == Member.class) {
            return "";
        }
        String variable = Options.variableFor(name);
        String range = allowed(name, variable);
        return (range.isEmpty() ? "" : " Allowed: " + range + ".") + " Variable: `" + variable + "`.";
    }

    /** The allowed range in the error for an empty value, or empty if the option takes any text. */
    private static String allowed(String name, String variable) {
        ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> NodeConfiguration.read(EXAMPLE, Map.of(variable, "")));
        return refusal.problems().stream()
                .filter(problem -> problem.field().equals(name))
                .map(ConfigurationProblem::allowed)
                .filter(text -> text.matches("allowed: (-?\\d+ to -?\\d+|true or false)"))
                .map(text -> text.substring("allowed: ".length()))
                .findFirst()
                .orElse("");
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                lines.append('\n');
                column = 0;
            } else if (column > 0) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }
}
