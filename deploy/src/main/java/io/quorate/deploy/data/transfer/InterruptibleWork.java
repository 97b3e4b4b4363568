package io.quorate.deploy.data.transfer;

import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.Interruption;
import java.io.PrintWriter;

/** Work that ends early on Ctrl-C, and says then how to go on. */
interface InterruptibleWork {
    void run(Interruption interruption) throws InterruptedException;

    /**
     * Returns the exit code. The process may end as soon as the interruption is closed, so the failure is printed
     * before.
     */
    static int run(PrintWriter err, InterruptibleWork work) throws InterruptedException {
        try (Interruption interruption = Interruption.awaited()) {
            try {
                work.run(interruption);
                return ExitCode.SUCCESS;
            } catch (CommandFailure failure) {
                if (!interruption.isSignalled()) {
                    throw failure;
                }
                err.println("quorate: " + failure.getMessage());
                return failure.exitCode();
            }
        }
    }
}
