package io.quorate.deploy.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build has put what ships. */
public final class Distribution {
    private static final String PROPERTY = "quorate.distribution";

    private Distribution() {}

    public static Path folder() {
        Path folder = Path.of(System.getProperty(PROPERTY, "target/quorate-0.1.0-SNAPSHOT"));
        if (!Files.isExecutable(folder.resolve("bin/quorate"))) {
            throw new IllegalStateException("there is no distribution in " + folder.toAbsolutePath()
                    + "; build one with 'mvn package', or name one with -D" + PROPERTY);
        }
        return folder.toAbsolutePath();
    }

    public static Path launcher() {
        return launcher(folder());
    }

    /** Of another distribution, such as that of an earlier commit. */
    static Path launcher(Path distribution) {
        return distribution.resolve("bin/quorate");
    }
}
