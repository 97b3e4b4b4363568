package io.quorate.deploy.data.option;

import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.Curl;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.terminal.OutputFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that sends one request. */
public final class RequestOptions {
    @Mixin
    private EndpointsOption endpoints;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, for people, or json (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    @Option(
            names = {"-v", "--verbose"},
            description = "print status, version and evidence of the answer on standard error")
    private boolean verbose;

    @Option(names = "--curl", description = "print the same request for curl, and send nothing")
    private boolean curl;

    /** Sends the request, or with {@code --curl} prints it and returns empty. */
    public Optional<Answer> send(Call call, PrintWriter out, PrintWriter err) {
        return send(call, Optional.empty(), out, err);
    }

    /** @param output the file for the answer's body, if not standard output */
    public Optional<Answer> send(Call call, Optional<Path> output, PrintWriter out, PrintWriter err) {
        if (showsCurl(call, output, out)) {
            return Optional.empty();
        }
        try (ClusterClient client = client()) {
            Answer answer = client.send(call);
            printDetails(answer, err);
            return Optional.of(answer);
        }
    }

    public ClusterClient client() {
        return new ClusterClient(endpoints.endpoints(), endpoints.tls(), endpoints.token());
    }

    /** With {@code --curl}, prints the request and returns true. */
    public boolean showsCurl(Call call, Optional<Path> output, PrintWriter out) {
        if (curl) {
            out.println(Curl.of(endpoints.endpoints().get(0), endpoints.tls(), endpoints.token(), call, output));
        }
        return curl;
    }

    /** How long the nodes may take, as the profile says. */
    public Optional<DurationOption> timeout() {
        return endpoints.timeout();
    }

    public boolean isJson() {
        return format == OutputFormat.json;
    }

    private void printDetails(Answer answer, PrintWriter err) {
        if (!verbose) {
            return;
        }
        err.println("status    " + answer.status() + " from " + answer.from());
        answer.version().ifPresent(version -> err.println("version   " + version));
        answer.header("Quorate-Evidence").ifPresent(evidence -> err.println("evidence  " + evidence));
        answer.header("Content-Type").ifPresent(type -> err.println("type      " + type));
        answer.header("Quorate-Expires-At").ifPresent(at -> err.println("expires   " + at));
    }
}
