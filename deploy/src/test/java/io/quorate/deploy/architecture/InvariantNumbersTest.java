package io.quorate.deploy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each invariant of {@code coordinator/docs/protocol.md} that is built has its number, such as {@code I5}, in a comment
 * of the main code that keeps it. Its judge is a class of that number in {@code simulation.judge}. Code names no other
 * numbers.
 */
final class InvariantNumbersTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("coordinator/docs/protocol.md");
    private static final Path JUDGES = ROOT.resolve("deploy/src/test/java/io/quorate/deploy/simulation/judge");
    private static final List<String> MODULES = List.of("common", "node", "coordinator", "deploy");

    /** A row of the page's table: number, invariant, state. */
    private static final Pattern ROW = Pattern.compile("^\\| I(\\d+) \\| .* \\| (built|not built yet: .*) \\|$");

    private static final Pattern NUMBER = Pattern.compile("\\bI(\\d{1,2})\\b");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(?:/?\\*|//)(.*)|//(.*)");
    private static final Pattern JUDGE = Pattern.compile("I(\\d+)[A-Z]\\w*\\.java");

    /** By the number, whether it is built. */
    private final Map<Integer, Boolean> invariants = invariants();

    private final SortedSet<Integer> inMain = commentedIn("src/main/java");
    private final SortedSet<Integer> inTests = commentedIn("src/test/java");

    @Test
    void everyInvariantThatIsBuiltIsNamedInTheCodeThatKeepsIt() {
        SortedSet<Integer> missing = built();
        missing.removeAll(inMain);
        assertEquals(Set.of(), missing, "no comment in main code names these invariants of " + PAGE);
    }

    @Test
    void everyInvariantThatIsBuiltHasOneJudge() throws IOException {
        List<Integer> judges = new ArrayList<>();
        try (Stream<Path> files = Files.list(JUDGES)) {
            files.map(file -> JUDGE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .forEach(judge -> judges.add(Integer.valueOf(judge.group(1))));
        }
        judges.sort(null);
        assertEquals(List.copyOf(built()), judges, "the classes of " + JUDGES);
    }

    @Test
    void codeNamesNoInvariantThatThePageDoesNotHave() {
        SortedSet<Integer> named = new TreeSet<>(inMain);
        named.addAll(inTests);
        named.removeAll(invariants.keySet());
        assertEquals(Set.of(), named, "comments name these invariants, and " + PAGE + " does not have them");
    }

    private SortedSet<Integer> built() {
        SortedSet<Integer> built = new TreeSet<>();
        invariants.forEach((number, isBuilt) -> {
            if (isBuilt) {
                built.add(number);
            }
        });
        assertFalse(built.isEmpty(), "no table of invariants in " + PAGE);
        return built;
    }

    private static Map<Integer, Boolean> invariants() {
        Map<Integer, Boolean> found = new TreeMap<>();
        for (String line : lines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                found.put(Integer.valueOf(row.group(1)), row.group(2).equals("built"));
            }
        }
        return found;
    }

    private static SortedSet<Integer> commentedIn(String folder) {
        SortedSet<Integer> found = new TreeSet<>();
        for (String module : MODULES) {
            for (Path source : sources(ROOT.resolve(module).resolve(folder))) {
                lines(source).forEach(line -> addNumbers(line, found));
            }
        }
        return found;
    }

    private static void addNumbers(String line, Set<Integer> found) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.find()) {
            Matcher number = NUMBER.matcher(line.substring(comment.start()));
            while (number.find()) {
                found.add(Integer.valueOf(number.group(1)));
            }
        }
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
