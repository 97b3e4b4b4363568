package io.quorate.deploy.terminal;

/** The exit codes of commands, for scripts. */
public final class ExitCode {
    public static final int SUCCESS = 0;

    /** The answer was no: nothing was changed. */
    public static final int REFUSED = 1;

    /** The command or its configuration is wrong: nothing was tried. */
    public static final int USAGE = 2;

    /** A change was sent and not confirmed: it may have happened. */
    public static final int UNKNOWN = 3;

    /** Standard output did not take all of the output: its disk is full, or its reader has gone. */
    public static final int OUTPUT = 4;

    private ExitCode() {}
}
