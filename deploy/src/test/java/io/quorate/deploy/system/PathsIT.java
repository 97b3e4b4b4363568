package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.Distribution;
import io.quorate.deploy.cluster.FreePorts;
import io.quorate.deploy.cluster.ShellRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution and the scripts in folders whose names a shell would split or expand. */
final class PathsIT {
    private static final int FIRST_WITH_AOT_CACHE = 25;
    private static final String NAME = "with spaces * and 'quotes'";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void copyTheDistributionAndTheScripts() throws IOException {
        folder = Files.createDirectories(temporary.resolve(NAME));
        ShellRun copied =
                run("cp -r \"$SOURCE\" 'my quorate'; cp -r \"$SCRIPTS\" scripts; ln -s \"$JAVA_HOME\" 'my java'");
        assertEquals(0, copied.exitCode(), copied::err);
    }

    @Test
    void theLauncherRunsFromAPathWithSpaces() {
        assertVersion("'my quorate/bin/quorate' --version");
        assertVersion("JAVA_HOME=\"$PWD/my java\" 'my quorate/bin/quorate' --version");
        assertVersion("PATH=\"$PWD/my java/bin:$PWD/my quorate/bin:$PATH\" JAVA_HOME= quorate --version");
    }

    @Test
    void theLauncherRunsThroughLinks() {
        assertVersion("ln -s \"$PWD/my quorate/bin/quorate\" whole; ./whole --version");
        assertVersion("mkdir 'other bin'; ln -s '../my quorate/bin/quorate' 'other bin/a link';"
                + " ln -s 'other bin/a link' again; ./again --version");
    }

    @Test
    void anArchiveIsMadeAndUsedThereAndAfterAMove() {
        String required = Runtime.version().feature() < FIRST_WITH_AOT_CACHE ? "-Xshare:on" : "-XX:AOTMode=on";
        ShellRun archived =
                run("rm -f 'my quorate/lib/'*.jsa; 'my quorate/bin/quorate' archive && ls 'my quorate/lib'/*.jsa"
                        + " && QUORATE_JAVA_OPTS=" + required + " 'my quorate/bin/quorate' --version"
                        + " && QUORATE_JAVA_OPTS=-Xshare:off 'my quorate/bin/quorate' --version"
                        + " && mkdir elsewhere && mv 'my quorate' elsewhere"
                        + " && QUORATE_JAVA_OPTS=" + required + " 'elsewhere/my quorate/bin/quorate' --version;"
                        + " status=$?; mv 'elsewhere/my quorate' .; exit $status");

        assertEquals(0, archived.exitCode(), archived::err);
        assertEquals("", archived.err());
    }

    @Test
    void aColonInThePathIsRefusedByName() {
        ShellRun run = run("mkdir a:b; cp -r 'my quorate' a:b/q; a:b/q/bin/quorate --version");

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("colon"), run::err);
    }

    @Test
    void aClusterRunsFromThere() {
        ShellRun run = run(
                "export QUORATE_DISTRIBUTION=\"$PWD/my quorate\" QUORATE_NODES=1; ln -s scripts/cluster 'my cluster';"
                        + " ./my\\ cluster start && 'my quorate/bin/quorate' put key value -e \"$ENDPOINT\""
                        + " && scripts/cluster status; scripts/cluster stop; scripts/cluster wipe --yes");

        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("created"), run::toString);
        assertTrue(Files.notExists(folder.resolve(".quorate/n1/data")), run::toString);
    }

    private void assertVersion(String line) {
        ShellRun run = run(line);

        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().startsWith("quorate "), run::toString);
    }

    private ShellRun run(String line) {
        Map<String, String> environment = new HashMap<>();
        int httpBase = FreePorts.takeRow(1);
        environment.put("SOURCE", Distribution.folder().toString());
        environment.put(
                "SCRIPTS", Path.of("../scripts").toAbsolutePath().normalize().toString());
        environment.put("FOLDER", folder.toString());
        environment.put("ENDPOINT", "127.0.0.1:" + (httpBase + 1));
        environment.put("QUORATE_HTTP_PORT_BASE", Integer.toString(httpBase));
        environment.put("QUORATE_PEER_PORT_BASE", Integer.toString(FreePorts.takeRow(1)));
        return ShellRun.of(environment, "cd \"$FOLDER\" || exit 99; " + line);
    }
}
