package io.quorate.deploy.data.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.Lines;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.data.option.ConsistencyOptions;
import io.quorate.deploy.data.option.QueryString;
import io.quorate.deploy.data.option.RangeOptions;
import io.quorate.deploy.data.option.RequestOptions;
import io.quorate.deploy.data.output.ScanItem;
import io.quorate.deploy.data.output.ScanReader;
import io.quorate.deploy.data.output.ScanTable;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import io.quorate.deploy.terminal.ProgressBar;
import io.quorate.deploy.terminal.StandardStreams;
import io.quorate.deploy.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "scan",
        description = "Prints the keys of a range in their order, as they come.",
        footer = {
            "",
            "Each line is as linearizable as a read of its key. Together they are no snapshot. With -o json each key is a "
                    + "line of JSON. A scan that is cut short ends with 1 and says where to go on. The lines before are right.",
            "",
            "Examples:",
            "  quorate scan --prefix user/ --limit 20",
            "  quorate scan --prefix user/ --keys-only -o json > users.ndjson"
        })
public final class ScanCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private RangeOptions range;

    @Mixin
    private RequestOptions request;

    @Mixin
    private ConsistencyOptions terms;

    @Option(names = "--keys-only", description = "keys and versions, without values")
    private boolean keysOnly;

    @Option(names = "--count", description = "print only the number of keys")
    private boolean countOnly;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        QueryString query = range.query().withIf(keysOnly || countOnly, "values", false);
        terms.addTo(query, request.timeout());
        Call call =
                terms.limitTime(Call.get("/v1/kv" + query), request.timeout()).with("Accept", "application/x-ndjson");
        if (!request.showsCurl(call, Optional.empty(), spec.commandLine().getOut())) {
            try (ClusterClient client = request.client()) {
                print(client.lines(call), call);
            }
        }
        return ExitCode.SUCCESS;
    }

    private void print(Lines lines, Call call) {
        lines.refusal().ifPresent(refusal -> {
            throw Refusal.of(refusal, call);
        });
        PrintWriter err = spec.commandLine().getErr();
        ScanReader reader = new ScanReader(lines::next);
        try (ProgressBar progress = new ProgressBar(err, "scanning", 0, "keys")) {
            print(lines, reader, progress);
        } catch (IOException e) {
            throw CommandFailure.output();
        }
        reader.requireWhole()
                .ifPresent(cursor -> err.println("there is more: go on with the same options and --cursor " + cursor));
    }

    private void print(Lines lines, ScanReader reader, ProgressBar progress) throws IOException {
        OutputStream out = new BufferedOutputStream(StandardStreams.out());
        Printer printer = printer(out);
        boolean fillsTheScreen = Terminal.current().out() && !countOnly;
        for (Optional<ScanItem> item = reader.next(); item.isPresent(); item = reader.next()) {
            printer.print(item.get());
            if (!lines.isReady()) {
                out.flush();
            }
            if (!fillsTheScreen) {
                progress.at(reader.items());
            }
        }
        progress.clear();
        if (countOnly && reader.isWhole()) {
            out.write((reader.items() + "\n").getBytes(US_ASCII));
        }
        out.flush();
    }

    private interface Printer {
        void print(ScanItem item) throws IOException;
    }

    private Printer printer(OutputStream out) throws IOException {
        if (countOnly) {
            return item -> {};
        }
        if (request.isJson()) {
            return item -> out.write(item.json());
        }
        ScanTable table = new ScanTable(Terminal.current(), !keysOnly);
        out.write(table.heading());
        return item -> out.write(table.row(item));
    }
}
