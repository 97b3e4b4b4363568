package io.quorate.deploy.shell;

import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.Interruption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;

/** Reads commands from a person at a terminal. Ctrl-C ends a command or clears the line, Ctrl-D ends the shell. */
public final class ShellPrompt {
    private static final String PROMPT = "quorate> ";

    private final CommandRunner runner;
    private final PrintWriter err;

    public ShellPrompt(CommandRunner runner, PrintWriter err) {
        this.runner = runner;
        this.err = err;
    }

    static boolean isLeave(List<String> words) {
        return words.equals(List.of("exit")) || words.equals(List.of("quit"));
    }

    /**
     * Until the person leaves.
     *
     * @param commands of which words are completed
     */
    public void run(CommandLine commands, ClusterNames names, Path history) {
        Optional<String> noHistory = ShellHistory.prepare(history);
        noHistory.ifPresent(why -> err.println("quorate: " + why));
        // Runs stty. The other ways to set a terminal up unpack native code.
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .provider("exec")
                .dumb(true)
                .build()) {
            LineReaderBuilder reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("quorate")
                    .completer(new WordCompleter(commands, names))
                    .variable(LineReader.HISTORY_IGNORE, ShellHistory.NEVER_KEPT)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
            if (noHistory.isEmpty()) {
                reader.variable(LineReader.HISTORY_FILE, history);
            }
            Thread thread = Thread.currentThread();
            terminal.handle(Signal.INT, signal -> interrupt(thread));
            read(reader.build());
        } catch (IOException e) {
            throw CommandFailure.refused("cannot use this terminal: " + FailureText.of(e));
        }
    }

    /** A command that can end early by itself does. Any other waits for the cluster, and stops waiting. */
    private static void interrupt(Thread thread) {
        if (!Interruption.signalCurrent()) {
            thread.interrupt();
        }
    }

    private void read(LineReader reader) {
        while (true) {
            try {
                List<String> words = ShellWords.of(reader.readLine(PROMPT));
                if (isLeave(words)) {
                    return;
                }
                if (!words.isEmpty()) {
                    runner.run(words);
                }
            } catch (UserInterruptException clearedLine) {
                continue;
            } catch (EndOfFileException leave) {
                return;
            } catch (IllegalArgumentException e) {
                err.println("quorate: " + e.getMessage());
            } finally {
                Thread.interrupted(); // a Ctrl-C that came too late is not for the next command
            }
        }
    }
}
