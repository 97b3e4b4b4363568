package io.quorate.node.mutant;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

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
        compile(patched(root), directory);
        return new PatchedClasses(directory);
    }

    private Path patched(Path root) throws IOException {
        Path original = sourceOf(source, root);
        String code = Files.readString(original);
        int at = code.indexOf(text);
        if (at < 0 || code.indexOf(text, at + 1) >= 0) {
            throw new AssertionError(source + " cannot be changed: it has not exactly one '" + text + "'");
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
                throw new AssertionError("the changed " + source + " does not compile: " + errors);
            }
        }
    }

    /** Of tests run by Maven, the class path of the machine is a mere pointer to it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
