package io.quorate.deploy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One simple name means one thing in all that ships, nested types included. */
class NamesTest {
    /** Nested in the type that gives them their meaning, and never imported by this name. */
    private static final Set<String> AGREED = Set.of("Converter");

    private static final Pattern DECLARATION = Pattern.compile(
            "^ *(?:(?:public|private|protected|static|final|abstract|sealed|non-sealed) )*"
                    + "(?:class|interface|record|enum) ([A-Z]\\w*)",
            Pattern.MULTILINE);

    @Test
    void noSimpleNameStandsForTwoTypes() {
        Map<String, Set<String>> declared = declared(Sources.main());
        assertTrue(declared.size() > 300, "the sources were not found: " + declared.keySet());
        Map<String, Set<String>> twice = new TreeMap<>(declared);
        twice.values().removeIf(files -> files.size() == 1);
        twice.keySet().removeAll(AGREED);
        assertEquals(Map.of(), twice);
    }

    @Test
    void everyAgreedExceptionIsNeeded() {
        Map<String, Set<String>> declared = declared(Sources.main());
        for (String agreed : AGREED) {
            assertTrue(declared.getOrDefault(agreed, Set.of()).size() > 1, agreed + " stands for one type only");
        }
    }

    private static Map<String, Set<String>> declared(List<Path> files) {
        Map<String, Set<String>> declared = new TreeMap<>();
        for (Path file : files) {
            Matcher declaration = DECLARATION.matcher(Sources.text(file));
            while (declaration.find()) {
                declared.computeIfAbsent(declaration.group(1), unseen -> new TreeSet<>())
                        .add(file.toString());
            }
        }
        return declared;
    }
}
