package io.quorate.deploy.terminal;

/** Ends a command with one message on standard error and an exit code, and without a stack trace. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** Nothing was changed. */
    public static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.REFUSED, message);
    }

    /** The command, a file or a variable is wrong: nothing was tried. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /** A change was sent, and its outcome is unknown: the message says how to find out. */
    public static CommandFailure unknown(String message) {
        return new CommandFailure(ExitCode.UNKNOWN, message);
    }

    /** Standard output took no more. The program's end reports it, once for all commands. */
    public static CommandFailure output() {
        return new CommandFailure(ExitCode.OUTPUT, "");
    }

    public int exitCode() {
        return exitCode;
    }
}
