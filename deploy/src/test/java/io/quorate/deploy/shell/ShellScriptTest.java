package io.quorate.deploy.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.deploy.terminal.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lines of a script run, and how it ends. */
class ShellScriptTest {
    private final List<List<String>> ran = new ArrayList<>();
    private final StringWriter err = new StringWriter();

    /** A command ends with the exit code that is its last word. */
    private int run(boolean keepGoing, String... lines) {
        CommandRunner runner = words -> {
            ran.add(words);
            return Integer.parseInt(words.get(words.size() - 1));
        };
        byte[] script = String.join("\n", lines).getBytes(UTF_8);
        return new ShellScript(new ByteArrayInputStream(script), runner, keepGoing, new PrintWriter(err, true)).run();
    }

    @Test
    void itEndsAtTheFirstFailureWithItsExitCode() {
        assertEquals(3, run(false, "a 0", "", "# b", "c 3", "d 0"));
        assertEquals(List.of(List.of("a", "0"), List.of("c", "3")), ran);
        assertEquals("quorate: line 4 ended with 3; no line after it was run\n", err.toString());
    }

    @Test
    void withKeepGoingAllLinesRunAndTheFirstFailureCounts() {
        assertEquals(1, run(true, "a 1", "b 3", "c 0"));
        assertEquals(3, ran.size());
    }

    @Test
    void exitEndsIt() {
        assertEquals(0, run(false, "a 0", "exit", "b 1"));
        assertEquals(1, ran.size());
    }

    @Test
    void aLineThatIsNoneEndsItEvenWithKeepGoing() {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> run(true, "a 0", "put 'x", "b 0"));
        assertEquals(2, failure.exitCode());
        assertEquals(1, ran.size());
    }
}
