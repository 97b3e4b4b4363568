package io.quorate.node.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The sources of the project's classes, and classes made of changed ones. */
public final class ClassSources {
    private ClassSources() {}

    /**
     * The source of a class. Over {@link PatchedClasses} it is the changed one, so changes can be made on top of
     * changes.
     *
     * @param root the folder with all modules
     */
    public static String of(String type, Path root) throws IOException {
        try (InputStream changed = ClassSources.class.getClassLoader().getResourceAsStream(fileOf(type))) {
            if (changed != null) {
                return new String(changed.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        // The second part of a package's name, after io.quorate, is the module.
        Path module = root.resolve(type.split("\\.")[2]);
        Path main = module.resolve("src/main/java").resolve(fileOf(type));
        return Files.readString(
                Files.exists(main) ? main : module.resolve("src/test/java").resolve(fileOf(type)));
    }

    private static String fileOf(String type) {
        return type.replace('.', '/') + ".java";
    }

    /**
     * The project's classes with changed ones in their place.
     *
     * @param changed the sources by the names of their classes
     * @param directory for them and for their classes
     */
    public static PatchedClasses compile(Map<String, String> changed, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> each : changed.entrySet()) {
            Path file = directory.resolve(fileOf(each.getKey()));
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, each.getValue()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", directory.toString(), "-cp", classPath(), "-proc:none", "-nowarn");
            if (!compiler.getTask(errors, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new AssertionError("the changed " + changed.keySet() + " do not compile: " + errors);
            }
        }
        return new PatchedClasses(directory);
    }

    /** Of tests run by Maven, the class path of the machine is a mere pointer to it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
