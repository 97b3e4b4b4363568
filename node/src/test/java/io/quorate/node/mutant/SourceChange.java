package io.quorate.node.mutant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One text in the source of one class, and its replacement.
 *
 * @param source the name of the class
 * @param text stands exactly once in the source
 */
public record SourceChange(String source, String text, String replacement) {
    /** The name of a class that only its package sees, such as one beside {@code seen}. */
    public static String besides(Class<?> seen, String simpleName) {
        return seen.getPackageName() + "." + simpleName;
    }

    /**
     * The project's classes with the changed one in its place.
     *
     * @param root the folder with all modules
     * @param directory an empty one, for the changed class
     */
    public PatchedClasses plant(Path root, Path directory) throws IOException {
        String code = ClassSources.of(source, root);
        int at = code.indexOf(text);
        if (at < 0 || code.indexOf(text, at + 1) >= 0) {
            throw new AssertionError(source + " cannot be changed: it has not exactly one '" + text + "'");
        }
        String changed = code.substring(0, at) + replacement + code.substring(at + text.length());
        return ClassSources.compile(Map.of(source, changed), directory);
    }
}
