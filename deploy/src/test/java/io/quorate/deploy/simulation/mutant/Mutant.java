package io.quorate.deploy.simulation.mutant;

import io.quorate.deploy.simulation.schedule.RandomSchedules;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A way to break the code: one text in the source of one class, and its replacement. Production code has no switch for
 * it.
 *
 * @param source the name of the class
 * @param rule what it breaks in {@code coordinator/docs/protocol.md}: the number of an invariant, such as {@code I5},
 *     or a heading, such as {@code Expiry}. A judge of that rule has to find it
 * @param schedules the runs in which it must be found: a public class that says of a seed which violation it shows
 */
record Mutant(String name, String source, String text, String replacement, String rule, Class<?> schedules) {
    static Mutant of(String name, Class<?> source, String text, String replacement) {
        return of(name, source.getName(), text, replacement);
    }

    static Mutant of(String name, String source, String text, String replacement) {
        return new Mutant(name, source, text, replacement, "", RandomSchedules.class);
    }

    /** The name of a class that only its package sees, such as this one. */
    static String besides(Class<?> seen, String simpleName) {
        return seen.getPackageName() + "." + simpleName;
    }

    Mutant breaks(String ruleOfTheProtocol) {
        return new Mutant(name, source, text, replacement, ruleOfTheProtocol, schedules);
    }

    /** For what random schedules meet too seldom. */
    Mutant shownBy(Class<? extends LongFunction<Optional<String>>> directed) {
        return new Mutant(name, source, text, replacement, rule, directed);
    }

    /** A judge's finding begins with its rule. An assertion of the code names its invariant in brackets. */
    boolean isSeenIn(String findings) {
        return findings.lines()
                .anyMatch(finding -> finding.startsWith(rule + ":") || finding.contains("(" + rule + ")"));
    }

    /** The schedules over the broken code. */
    @SuppressWarnings("unchecked") // by the constructor's contract
    LongFunction<Optional<String>> plant(Path root, Path directory) throws IOException, ReflectiveOperationException {
        compile(patched(root), directory);
        return (LongFunction<Optional<String>>) new PatchedClasses(directory)
                .loadClass(schedules.getName())
                .getConstructor()
                .newInstance();
    }

    private Path patched(Path root) throws IOException {
        Path original = sourceOf(source, root);
        String code = Files.readString(original);
        int at = code.indexOf(text);
        if (at < 0 || code.indexOf(text, at + 1) >= 0) {
            throw new AssertionError(
                    "'" + name + "' cannot be planted: " + source + " has not exactly one '" + text + "'");
        }
        Path patched = Files.createTempDirectory("mutant").resolve(original.getFileName());
        return Files.writeString(patched, code.substring(0, at) + replacement + code.substring(at + text.length()));
    }

    /** The second part of a package's name, after {@code io.quorate}, is the module. */
    private static Path sourceOf(String type, Path root) {
        Path module = root.resolve(type.split("\\.")[2]);
        String file = type.replace('.', '/') + ".java";
        Path main = module.resolve("src/main/java").resolve(file);
        return Files.exists(main) ? main : module.resolve("src/test/java").resolve(file);
    }

    private void compile(Path file, Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", directory.toString(), "-cp", classPath(), "-proc:none", "-nowarn");
            if (!compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(file))
                    .call()) {
                throw new AssertionError("'" + name + "' does not compile: " + errors);
            }
        }
    }

    /** Of tests run by Maven, the class path of the machine is a mere pointer to it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Override
    public String toString() {
        return name;
    }
}
