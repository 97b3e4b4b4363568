package io.quorate.node.lsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files that an earlier run of this program wrote, as they are in the repository. They are written again by
 *
 * <pre>
 * mvn -pl node -am test -Dtest=GoldenFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true
 * </pre>
 *
 * which is right only if the format was meant to change. From the first release on a change means a new version, a new
 * folder, and that the old one stays and is read.
 */
final class GoldenFiles {
    static final boolean WRITE = Boolean.getBoolean("golden.write");

    /** As this program writes them. */
    static final String STORE = "v5/store";

    /** The filters of their tables are in one piece. */
    static final String STORE_OF_FORMAT_4 = "v4/store";

    /** No record of theirs is forgotten. */
    static final String STORE_OF_FORMAT_3 = "v3/store";

    /** Their logs and manifests have no salt. */
    static final String STORE_OF_FORMAT_2 = "v2/store";

    /** With a disk. */
    static final String IDENTITY = "v4/identity";

    static final String TABLES = "v4/tables";

    /** Their filters are in one piece. */
    static final String TABLES_OF_FORMAT_3 = "v3/tables";

    /** They do not say how many entries are forgotten. */
    static final String TABLES_OF_FORMAT_2 = "v2/tables";

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private GoldenFiles() {}

    static SortedMap<String, byte[]> read(String folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(FOLDER.resolve(folder))) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    static void write(String folder, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(FOLDER.resolve(folder));
        for (String old : read(folder).keySet()) {
            Files.delete(FOLDER.resolve(folder).resolve(old));
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(FOLDER.resolve(folder).resolve(file.getKey()), file.getValue());
        }
    }
}
