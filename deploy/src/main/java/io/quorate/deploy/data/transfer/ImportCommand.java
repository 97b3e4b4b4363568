package io.quorate.deploy.data.transfer;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.client.RepeatingClient;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.HelpOption;
import io.quorate.deploy.terminal.Interruption;
import io.quorate.deploy.terminal.ProgressBar;
import io.quorate.deploy.terminal.StandardStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Writes the lines of 'quorate export' to the cluster, and counts what became of them.",
        footer = {
            "",
            "Each line takes effect at least once, at some moment of the import. A line that gets no answer is sent again, "
                    + "so an import may also be run again. Values keep the end of their lives; those that are over are not "
                    + "written. An import ends at the first line that fails, names it, and says where to go on.",
            "",
            "Examples:",
            "  quorate import users.ndjson --if-absent",
            "  quorate import users.ndjson --from-line 4711"
        })
public final class ImportCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private HelpOption help;

    @Mixin
    private EndpointsOption endpoints;

    @Mixin
    private TransferTimes times;

    @Parameters(paramLabel = "FILE", description = "lines of an export; - is standard input")
    private String file;

    @Option(names = "--if-absent", description = "a key that has a value keeps it; by default the line replaces it")
    private boolean ifAbsent;

    @Option(
            names = "--from-line",
            paramLabel = "N",
            defaultValue = "1",
            description = "the first line to import, as the last import said (default: ${DEFAULT-VALUE})")
    private long fromLine;

    @Option(names = "--keep-going", description = "name each line that fails, and go on behind it")
    private boolean keepGoing;

    @Option(names = "--no-end", description = "the lines need not be a whole export: their end may be missing")
    private boolean noEnd;

    @Option(names = "--dry-run", description = "check all lines, and send nothing")
    private boolean dryRun;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "64",
            description = "how many lines are under way at most, with 16 MiB at most (default: ${DEFAULT-VALUE})")
    private int inFlight;

    private long checked;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (fromLine < 1 || inFlight < 1) {
            throw CommandFailure.usage("--from-line and --in-flight are at least 1; nothing was sent");
        }
        return InterruptibleWork.run(spec.commandLine().getErr(), this::load);
    }

    private void load(Interruption interruption) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        ImportTerms terms = new ImportTerms(fromLine, ifAbsent, keepGoing, !noEnd);
        ImportTally tally = new ImportTally(keepGoing, why -> err.println("quorate: " + why));
        try (InputStream in = open();
                ProgressBar progress = new ProgressBar(err, dryRun ? "checking" : "importing", length(), "bytes")) {
            ImportSource source = new ImportSource(in, terms, tally);
            long next = dryRun
                    ? check(source, progress, interruption)
                    : write(source, terms, tally, progress, interruption);
            progress.clear();
            if (source.endsBeforeStart()) {
                throw CommandFailure.refused("there is no line " + fromLine + ": " + file + " ends with line "
                        + source.number() + ". Nothing was sent");
            }
            end(tally, next, interruption.isSignalled(), source.fault());
        } catch (IOException e) {
            throw CommandFailure.refused("cannot read " + file + ": " + FailureText.of(e));
        }
    }

    private InputStream open() {
        if (file.equals(STANDARD_INPUT)) {
            return StandardStreams.in();
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read " + file + ": " + FailureText.of(e) + "; nothing was sent");
        }
    }

    /** In bytes, or 0 if it is not known. */
    private long length() throws IOException {
        return file.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(file));
    }

    /** Returns the line to begin with the next time. */
    private long check(ImportSource source, ProgressBar progress, Interruption interruption) {
        source.readTo((number, line, length) -> checked++, progress, interruption::isSignalled);
        return source.number() + 1;
    }

    private long write(
            ImportSource source, ImportTerms terms, ImportTally tally, ProgressBar progress, Interruption interruption)
            throws InterruptedException {
        try (RepeatingClient client = new RepeatingClient(
                endpoints.endpoints(), endpoints.tls(), endpoints.token(), inFlight, times.retryFor())) {
            ImportRun run = new ImportRun(
                    client,
                    terms,
                    times.timeout(endpoints),
                    tally,
                    new ImportWindow(inFlight),
                    SystemClock.INSTANCE,
                    "import-" + Long.toHexString(new SecureRandom().nextLong()),
                    interruption::isSignalled);
            source.readTo(run, progress, interruption::isSignalled);
            run.finish();
            return run.resumeAt(source.number() + 1);
        }
    }

    private void end(ImportTally tally, long next, boolean interrupted, Optional<String> fault) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(dryRun ? checked + " lines are right" : tally.line());
        out.flush();
        String advice = "Go on with --from-line " + next;
        tally.failure(advice).ifPresent(failure -> {
            throw failure;
        });
        if (interrupted) {
            throw CommandFailure.refused("the import was interrupted. " + advice);
        }
        fault.ifPresent(why -> {
            throw CommandFailure.refused("all lines were " + (dryRun ? "read" : "imported")
                    + ", but this is no whole export: " + why + ". With --no-end this is no failure");
        });
    }
}
