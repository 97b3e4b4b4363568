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
 * @param schedules what must show that it is broken: a public class that says of a seed which violation it shows
 * @param judge which invariant's judge must see it, such as {@code I5}, or empty if any may
 */
record Mutant(String name, Class<?> source, String text, String replacement, Class<?> schedules, String judge) {
    static Mutant of(String name, Class<?> source, String text, String replacement) {
        return new Mutant(name, source, text, replacement, RandomSchedules.class, "");
    }

    /** For what random schedules meet too seldom. */
    Mutant shownBy(Class<? extends LongFunction<Optional<String>>> directed) {
        return new Mutant(name, source, text, replacement, directed, judge);
    }

    /** Finding it is not enough: this judge must. */
    Mutant judgedBy(String invariant) {
        return new Mutant(name, source, text, replacement, schedules, invariant);
    }

    boolean isSeenIn(String findings) {
        return judge.isEmpty() || findings.lines().anyMatch(finding -> finding.startsWith(judge + ":"));
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
            throw new AssertionError("'" + name + "' cannot be planted: " + source.getSimpleName()
                    + " has not exactly one '" + text + "'");
        }
        Path patched = Files.createTempDirectory("mutant").resolve(original.getFileName());
        return Files.writeString(patched, code.substring(0, at) + replacement + code.substring(at + text.length()));
    }

    /** The second part of a package's name, after {@code io.quorate}, is the module. */
    private static Path sourceOf(Class<?> type, Path root) {
        Path module = root.resolve(type.getPackageName().split("\\.")[2]);
        String file = type.getName().replace('.', '/') + ".java";
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
