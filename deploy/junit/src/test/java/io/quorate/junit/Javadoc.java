package io.quorate.junit;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The code that the Javadoc of one source file shows. */
record Javadoc(Path source, String code) {
    private static final Pattern SNIPPET = Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n[ *]*}</pre>");

    /** Of all sources in a folder that show code. */
    static List<Javadoc> below(Path folder) throws IOException {
        List<Javadoc> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String code = SNIPPET.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1).replaceAll("(?m)^ *\\* ?", ""))
                        .collect(joining("\n"));
                if (!code.isEmpty()) {
                    all.add(new Javadoc(file, code));
                }
            }
        }
        return all;
    }
}
