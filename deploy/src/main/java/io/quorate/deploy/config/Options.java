package io.quorate.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Takes options out of a tree one by one, and collects all problems instead of stopping at the first. A wrong option
 * reads as a placeholder, so that the other options still get checked. The values are usable only if {@link #problems}
 * is empty at the end. A variable {@code QUORATE_HTTP_PORT} of the environment overrides {@code httpPort}. Give a list
 * in YAML's short form.
 */
final class Options {
    static final int PORT_MAX = 65_535;

    private static final String ADDRESS_IN_BRACKETS = "\\[[0-9a-fA-F:.%]*:[0-9a-fA-F:.%\\w]*\\]";

    private final ObjectNode tree;
    private final Map<String, String> environment;
    private final String path;
    private final List<ConfigurationProblem> problems;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> former = new HashSet<>();
    private final Set<String> unsound = new HashSet<>();

    Options(ObjectNode tree, Map<String, String> environment) {
        this(tree, environment, "", new ArrayList<>());
    }

    private Options(
            ObjectNode tree, Map<String, String> environment, String path, List<ConfigurationProblem> problems) {
        this.tree = tree;
        this.environment = environment;
        this.path = path;
        this.problems = problems;
    }

    List<ConfigurationProblem> problems() {
        return List.copyOf(problems);
    }

    /** True if these options had no problem so far. Only then may they be compared with each other. */
    boolean sound(String... names) {
        return Set.of(names).stream().noneMatch(unsound::contains);
    }

    void problem(String name, String what, String allowed) {
        unsound.add(name);
        problems.add(new ConfigurationProblem(path + name, what + overriddenBy(name), allowed));
    }

    int integer(String name, int least, int most, int initially) {
        JsonNode given = take(name);
        return given.isMissingNode() ? initially : integer(name, given, least, most);
    }

    int requiredInteger(String name, int least, int most) {
        JsonNode given = take(name);
        if (given.isMissingNode()) {
            missing(name, "a whole number from " + least + " to " + most);
            return least;
        }
        return integer(name, given, least, most);
    }

    boolean flag(String name, boolean initially) {
        JsonNode given = take(name);
        if (given.isMissingNode()) {
            return initially;
        }
        String text = given.asText();
        if (!given.isValueNode() || !(text.equals("true") || text.equals("false"))) {
            problem(name, given + " is neither", "allowed: true or false");
        }
        return text.equals("true");
    }

    /** True if the option has exactly these words. Any other text is a problem. */
    boolean words(String name, String words) {
        Optional<String> given = optionalText(name);
        if (given.isPresent() && sound(name) && !given.get().equals(words)) {
            problem(name, "'" + given.get() + "' is not its one value", "allowed: " + words);
        }
        return given.filter(words::equals).isPresent();
    }

    /** Refuses an option of an earlier version, and its variable, with what to write now. */
    void refuseFormer(String name, String instead) {
        former.add(name);
        if (tree.has(name) || environment.containsKey(variableFor(name))) {
            problem(name, "there is no such option any more", instead);
        }
    }

    String text(String name, String initially) {
        JsonNode given = take(name);
        return given.isMissingNode() ? initially : text(name, given);
    }

    /** A name or an address. An IPv6 address may stand in brackets, as it does before a port; they are left out. */
    String host(String name, String initially) {
        String host = text(name, initially);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    Optional<String> optionalText(String name) {
        JsonNode given = take(name);
        return given.isMissingNode() ? Optional.empty() : Optional.of(text(name, given));
    }

    String requiredText(String name, String allowed) {
        JsonNode given = take(name);
        if (given.isMissingNode()) {
            missing(name, allowed);
            return "";
        }
        return text(name, given);
    }

    /** A required name which {@code parse} turns into its type, or refuses with an IllegalArgumentException. */
    <T> T name(String name, Function<String, T> parse, T standIn) {
        String given = requiredText(name, "a name of letters, digits, '_' and '-'");
        if (!sound(name)) {
            return standIn;
        }
        try {
            return parse.apply(given);
        } catch (IllegalArgumentException e) {
            problem(name, e.getMessage(), "choose a name of that form");
            return standIn;
        }
    }

    /** A list of texts. Empty if there is none. */
    List<String> texts(String name) {
        JsonNode given = take(name);
        List<String> texts = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(item -> texts.add(text(name, item)));
        } else if (!given.isMissingNode()) {
            problem(name, "not a list", "allowed: a list such as [a.example, b.example]");
        }
        return List.copyOf(texts);
    }

    /** A required list of maps. Each map is read with options of its own, and their problems are collected here too. */
    <T> List<T> list(String name, String allowed, Function<Options, T> read) {
        JsonNode given = take(name);
        if (given.isMissingNode()) {
            missing(name, allowed);
            return List.of();
        }
        if (!given.isArray()) {
            problem(name, "not a list", "allowed: " + allowed);
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            item(name, i, given.get(i), allowed, read, items);
        }
        return List.copyOf(items);
    }

    /** To be called last: reports all names in the file that no option has. */
    void refuseUnknown() {
        tree.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !former.contains(name)) {
                problem(name, "no such option", new Spelling(known).hintFor(name));
            }
        });
    }

    /** {@code QUORATE_HTTP_PORT} for {@code httpPort}. */
    static String variableFor(String name) {
        return "QUORATE_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private <T> void item(
            String name, int index, JsonNode given, String allowed, Function<Options, T> read, List<T> items) {
        String place = name + "[" + index + "]";
        if (!(given instanceof ObjectNode fields)) {
            unsound.add(name);
            problem(place, "not a map", "allowed: " + allowed);
            return;
        }
        Options options = new Options(fields, Map.of(), path + place + ".", problems);
        items.add(read.apply(options));
        if (!options.unsound.isEmpty()) {
            unsound.add(name);
        }
    }

    private JsonNode take(String name) {
        known.add(name);
        String override = environment.get(variableFor(name));
        if (override != null) {
            return override.startsWith("[") && !override.matches(ADDRESS_IN_BRACKETS)
                    ? YamlText.parse(override)
                    : TextNode.valueOf(override);
        }
        JsonNode given = tree.get(name);
        return given == null || given.isNull() ? MissingNode.getInstance() : given;
    }

    private int integer(String name, JsonNode given, int least, int most) {
        try {
            long number = Long.parseLong(given.asText());
            if (given.isValueNode() && number >= least && number <= most) {
                return (int) number;
            }
            problem(name, given.asText() + " is out of range", "allowed: " + least + " to " + most);
        } catch (NumberFormatException e) {
            problem(name, given + " is not a whole number", "allowed: " + least + " to " + most);
        }
        return least;
    }

    private String text(String name, JsonNode given) {
        if (!given.isTextual()) {
            problem(name, given + " is not text", "put it in quotes if it is meant literally");
        } else if (given.asText().isBlank()) {
            problem(name, "it is empty", "give a value or leave the line out");
        }
        return given.asText();
    }

    private void missing(String name, String allowed) {
        problem(name, "it is missing and has no default", "needed: " + allowed);
    }

    private String overriddenBy(String name) {
        String variable = variableFor(name);
        boolean isRead = known.contains(name) || former.contains(name);
        return isRead && environment.containsKey(variable) ? " (set by " + variable + ")" : "";
    }
}
