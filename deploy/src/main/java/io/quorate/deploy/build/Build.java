package io.quorate.deploy.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which sources a program was built from. It says nothing about when and where, so that two builds of a commit are the
 * same bytes.
 *
 * @param commit the commit's hash, or "unknown" if the sources were no git clone
 * @param date the day of that commit, in UTC, or "unknown"
 * @param isChanged whether the sources differed from that commit
 */
public record Build(String version, String commit, String date, boolean isChanged) {
    private static final String UNKNOWN = "unknown";
    private static final int COMMIT_CHARS = 12;

    /** Its version is "(unpackaged)" if the classes do not come from a jar that Maven made. */
    public static Build ofThisProgram() {
        try (InputStream file = Build.class.getResourceAsStream("build.properties")) {
            return file == null ? new Build("(unpackaged)", UNKNOWN, UNKNOWN, false) : read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read build.properties of this program", e);
        }
    }

    static Build read(InputStream file) throws IOException {
        Properties properties = new Properties();
        properties.load(file);
        return new Build(
                properties.getProperty("version"),
                properties.getProperty("commit"),
                properties.getProperty("date"),
                Boolean.parseBoolean(properties.getProperty("changed")));
    }

    /** For people: {@code 0.1.0, commit 49496381f6a3 of 2026-11-29}. */
    @Override
    public String toString() {
        if (commit.equals(UNKNOWN)) {
            return version + ", commit unknown";
        }
        String changes = isChanged ? " with changes" : "";
        return version + ", commit " + commit.substring(0, COMMIT_CHARS) + " of " + date + changes;
    }
}
