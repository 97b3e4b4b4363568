package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.GuideShell;
import io.quorate.deploy.cluster.ShellRun;
import io.quorate.deploy.cluster.Snippet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages of {@code scripts/release}, which builds and tries them as a whole with {@code --check}. */
final class PackagesIT {
    private static final Path STEPS = Path.of("release").toAbsolutePath();
    private static final Map<String, String> TIME = Map.of("SOURCE_DATE_EPOCH", "1764440000");

    @TempDir
    static Path first;

    @TempDir
    static Path second;

    @BeforeAll
    static void packTwice() throws IOException {
        pack(first);
        pack(second);
    }

    private static void pack(Path folder) throws IOException {
        Path notices = Files.createDirectory(folder.resolve("notices"));
        Files.writeString(notices.resolve("THIRD-PARTY.txt"), "made by Maven in a release");
        Path staged = folder.resolve("quorate-1.2.3");
        step("stage", Distribution.folder(), notices, staged);
        step("archive", staged, folder.resolve("tar.gz"));
        if (hasPackages()) {
            step("deb", staged, "1.2.3-rc1", folder.resolve("deb"));
        }
    }

    @Test
    void theArchiveRunsWhereItIsUnpacked() throws IOException {
        Path elsewhere = Files.createDirectory(first.resolve("else where"));
        run("tar", "-xzf", first.resolve("tar.gz"), "-C", elsewhere);
        Path unpacked = elsewhere.resolve("quorate-1.2.3");

        assertEquals(CommandRun.quorate("--version").output(), run(unpacked.resolve("bin/quorate"), "--version"));
        for (String file : List.of(
                "README.md",
                "CHANGELOG.md",
                "LICENSE",
                "sbom.cdx.json",
                "completion/quorate.bash",
                "completion/quorate.fish",
                "licenses/THIRD-PARTY.txt",
                "systemd/README.md",
                "systemd/quorate.service")) {
            assertTrue(Files.size(unpacked.resolve(file)) > 0, file);
        }
        try (Stream<Path> libraries = Files.list(unpacked.resolve("lib"))) {
            assertTrue(
                    libraries.allMatch(file -> file.toString().endsWith(".jar")),
                    "a build has other archives of classes");
        }
    }

    /** The first line runs until it is ended, and the others meanwhile. */
    @Test
    void whatItsReadMeSaysToTryCanBeTried() throws IOException {
        Path elsewhere = Files.createDirectory(first.resolve("tried"));
        run("tar", "-xzf", first.resolve("tar.gz"), "-C", elsewhere);
        GuideShell shell = new GuideShell("src/dist/README.md", elsewhere.resolve("quorate-1.2.3"));
        String demo =
                withoutComment(Snippet.of(Path.of("src/dist/README.md")).get(0).firstLine());
        List<String> meanwhile = shell.block("bin/quorate put greeting hello").stream()
                .map(PackagesIT::withoutComment)
                .toList();
        assertEquals("bin/quorate demo", demo);
        ShellRun tried = shell.run("{ " + demo + " > demo.out 2>&1 & } && trap 'kill $! && wait $!' EXIT"
                + " && until grep -q 'Ctrl-C ends it' demo.out; do kill -0 $! && sleep 0.1 || exit 1; done"
                + " && eval \"$(grep -o 'export QUORATE_ENDPOINTS=.*' demo.out)\" && "
                + String.join(" && ", meanwhile));
        assertEquals(0, tried.exitCode(), () -> tried.out() + tried.err());
        assertTrue(tried.out().contains("created  ") && tried.out().contains("\nhello"), tried::out);
    }

    private static String withoutComment(String line) {
        return line.split(" {2,}", 2)[0];
    }

    @Test
    void eachJarOfQuorateHoldsItsLicence() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> ours =
                Files.newDirectoryStream(Distribution.folder().resolve("lib"), "quorate-*.jar")) {
            ours.forEach(jars::add);
        }
        assertEquals(4, jars.size(), jars::toString);
        String licence = Files.readString(Path.of("../LICENSE"));
        for (Path jar : jars) {
            assertEquals(licence, run("unzip", "-p", jar, "META-INF/LICENSE"), jar::toString);
        }
    }

    @Test
    void thePackageHasTheCommandTheUnitAndTheVersionOfAnEarlyOne() {
        assumeTrue(hasPackages(), "there is no dpkg-deb");
        String content = run("dpkg-deb", "--contents", first.resolve("deb"));

        assertTrue(content.contains(" ./usr/bin/quorate -> /opt/quorate/bin/quorate\n"), content);
        assertTrue(content.contains(" ./usr/lib/systemd/system/quorate.service\n"), content);
        assertTrue(content.contains(" ./usr/share/doc/quorate/CHANGELOG.md\n"), content);
        assertTrue(content.contains(" ./usr/share/doc/quorate/systemd/README.md\n"), content);
        assertTrue(content.lines().allMatch(line -> line.contains(" root/root ")), content);
        assertEquals(
                "1.2.3~rc1",
                run("dpkg-deb", "--field", first.resolve("deb"), "Version").strip());
    }

    @Test
    void theSameFilesMakeTheSameBytes() throws IOException {
        assertEquals(-1, Files.mismatch(first.resolve("tar.gz"), second.resolve("tar.gz")));
        assumeTrue(hasPackages(), "there is no dpkg-deb");
        assertEquals(-1, Files.mismatch(first.resolve("deb"), second.resolve("deb")));
    }

    private static boolean hasPackages() {
        return Files.isExecutable(Path.of("/usr/bin/dpkg-deb"));
    }

    private static void step(String name, Object... arguments) {
        List<Object> command = new ArrayList<>(List.of(STEPS.resolve(name)));
        command.addAll(List.of(arguments));
        assertEquals("", run(command.toArray()), name);
    }

    private static String run(Object... command) {
        CommandRun run =
                CommandRun.of(TIME, Stream.of(command).map(Object::toString).toList());
        assertEquals(0, run.exitCode(), run::output);
        return run.output();
    }
}
