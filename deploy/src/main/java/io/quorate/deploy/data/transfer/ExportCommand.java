package io.quorate.deploy.data.transfer;

import io.quorate.common.model.Key;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.data.option.KeyRangeOptions;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import io.quorate.deploy.terminal.Interruption;
import io.quorate.deploy.terminal.ProgressBar;
import io.quorate.deploy.terminal.StandardStreams;
import io.quorate.deploy.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes the keys of a range with their values as lines of JSON, which 'quorate import' reads.",
        footer = {
            "",
            "An export is no snapshot. Each key, and each absence, is linearizable at the time when its page was read. "
                    + "A key that changes meanwhile may have its value from before or after. If nodes die, the export goes "
                    + "on at others. The last line is {\"end\":true,\"keys\":N}: without it an export is not whole. If a "
                    + "file was interrupted, --resume goes on behind its last whole line.",
            "",
            "Examples:",
            "  quorate export --prefix user/ users.ndjson",
            "  quorate export | gzip > all.ndjson.gz"
        })
public final class ExportCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Mixin
    private HelpOption help;

    @Mixin
    private KeyRangeOptions range;

    @Mixin
    private EndpointsOption endpoints;

    @Mixin
    private TransferTimes times;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = STANDARD_OUTPUT,
            description = "a new file; - is standard output (default: ${DEFAULT-VALUE})")
    private String file;

    @Option(names = "--resume", description = "go on with FILE, with the same range; a torn last line is cut")
    private boolean resume;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return InterruptibleWork.run(spec.commandLine().getErr(), this::export);
    }

    private void export(Interruption interruption) throws InterruptedException {
        if (!file.equals(STANDARD_OUTPUT)) {
            exportTo(Path.of(file), interruption);
            return;
        }
        if (resume) {
            throw CommandFailure.usage("--resume needs a FILE; nothing was sent");
        }
        try {
            run(new ExportRun(StandardStreams.out(), 0), Optional.empty(), "It is not whole", interruption);
        } catch (IOException e) {
            throw CommandFailure.output();
        }
    }

    private void exportTo(Path path, Interruption interruption) throws InterruptedException {
        ExportFile before = resume ? ExportFile.resumed(path) : ExportFile.fresh(path);
        before.last().filter(key -> !range.has(key)).ifPresent(key -> {
            throw CommandFailure.usage("the last key in " + path + " is outside of the range; give the same range as"
                    + " before. Nothing was sent");
        });
        try (FileChannel channel = before.open(resume)) {
            if (before.isWhole()) {
                spec.commandLine().getOut().println(path + " is whole: " + before.keys() + " keys");
                return;
            }
            OutputStream out = Channels.newOutputStream(channel);
            ExportRun run = new ExportRun(out, before.keys());
            run(run, before.last(), "Go on with the same command and --resume", interruption);
            channel.force(true);
            spec.commandLine().getOut().println(run.keys() + " keys");
        } catch (IOException e) {
            throw CommandFailure.refused(
                    "cannot write " + path + ": " + FailureText.of(e) + ". Go on with the same command and --resume");
        }
    }

    /** @param advice for an export that is not whole */
    private void run(ExportRun run, Optional<Key> last, String advice, Interruption interruption)
            throws IOException, InterruptedException {
        try (ClusterClient client = new ClusterClient(endpoints.endpoints(), endpoints.tls(), endpoints.token());
                ProgressBar progress = new ProgressBar(progressOutput(), "exporting", 0, "keys")) {
            ExportStream stream = new ExportStream(
                    client, range::queryFrom, times.timeout(endpoints), times.retryFor(), interruption, last);
            run.run(stream, progress, interruption);
        } catch (CommandFailure failure) {
            if (failure.exitCode() != ExitCode.REFUSED) {
                throw failure;
            }
            throw CommandFailure.refused(failure.getMessage() + ". The export has " + run.keys() + " keys. " + advice);
        }
    }

    /** Keys that a person sees are progress enough. */
    private PrintWriter progressOutput() {
        boolean isSeen = file.equals(STANDARD_OUTPUT) && Terminal.current().out();
        return isSeen
                ? new PrintWriter(Writer.nullWriter())
                : spec.commandLine().getErr();
    }
}
