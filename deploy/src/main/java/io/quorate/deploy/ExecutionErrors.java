package io.quorate.deploy;

import io.quorate.deploy.config.ConfigurationException;
import io.quorate.deploy.process.StartException;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.node.lsm.failure.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an expected failure of a command into one line on standard error and an exit code. */
final class ExecutionErrors implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        int exitCode = exitCode(failure);
        if (exitCode != ExitCode.OUTPUT) {
            command.getErr().println("quorate: " + failure.getMessage());
        }
        return exitCode;
    }

    /** @throws Exception the failure itself if it is unexpected. Picocli prints its stack trace */
    private static int exitCode(Exception failure) throws Exception {
        if (failure instanceof CommandFailure expected) {
            return expected.exitCode();
        }
        if (failure instanceof ConfigurationException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof StartException || failure instanceof StoreException) {
            return ExitCode.REFUSED;
        }
        throw failure;
    }
}
