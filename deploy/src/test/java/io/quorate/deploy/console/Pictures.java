package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of the console for the documents, in light and in dark. Each run makes them, in {@code target/pictures}.
 * They are put beside the documents by
 *
 * <pre>
 * mvn verify -pl deploy -am -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ConsoleIT \
 *     -Dfailsafe.failIfNoSpecifiedTests=false -Dpictures.write=true
 * </pre>
 */
final class Pictures {
    private static final Path MADE = Path.of("target/pictures");
    private static final Path DOCUMENTS = Path.of("../coordinator/docs");

    /** A reader of the README loads one of them. */
    private static final int BYTES_MAX = 100_000;

    private Pictures() {}

    /** Takes both of what the window shows, in this size. */
    static void take(Browser browser, String name, int width, int height) {
        browser.resize(width, height);
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            keep(name + "-" + scheme + ".webp", browser.picture());
        }
    }

    private static void keep(String name, byte[] picture) {
        assertTrue(picture.length < BYTES_MAX, () -> name + " has " + picture.length + " bytes");
        try {
            Files.createDirectories(MADE);
            Files.write(MADE.resolve(name), picture);
            if (Boolean.getBoolean("pictures.write")) {
                Files.write(DOCUMENTS.resolve(name), picture);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot write " + name, e);
        }
        assertTrue(Files.exists(DOCUMENTS.resolve(name)), () -> "the documents have no " + name);
    }
}
