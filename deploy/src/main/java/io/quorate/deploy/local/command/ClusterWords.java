package io.quorate.deploy.local.command;

import io.quorate.deploy.terminal.ShellWord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How commands for one local cluster are typed, so that what a command proposes works as it stands there.
 *
 * @param program such as {@code quorate cluster}
 * @param home of a cluster that the program does not find without being told
 */
record ClusterWords(String program, Optional<Path> home) {
    /** The launcher says how it was called: by its name if it is in the PATH, otherwise with its path. */
    private static final String LAUNCHER = "quorate.program";

    static ClusterWords at(Path home) {
        return new ClusterWords(launched(), Optional.of(home));
    }

    private static String launched() {
        return ShellWord.quoted(System.getProperty(LAUNCHER, "quorate")) + " cluster";
    }

    /**
     * As the user typed this command.
     *
     * @param home as the option said it
     * @param environment which the next command will have too
     */
    static ClusterWords typed(Path home, Map<String, String> environment) {
        Path usual = Path.of(environment.getOrDefault("QUORATE_HOME", ".quorate"));
        return new ClusterWords(
                environment.getOrDefault("QUORATE_COMMAND", launched()),
                Optional.of(home).filter(named -> !named.equals(usual)));
    }

    /** @param action such as {@code kill n3} */
    String line(String action) {
        return program + " " + action
                + home.map(folder -> " --home " + ShellWord.quoted(folder.toString()))
                        .orElse("");
    }
}
