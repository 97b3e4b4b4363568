package io.quorate.deploy.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quorate.common.time.SystemClock;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.option.EndpointsOption;
import io.quorate.deploy.config.ConfigurationException;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.OutputFormat;
import io.quorate.deploy.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Reports what is wrong with this machine and with a cluster, and what to do about it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no problem, though perhaps warnings",
            "1:there is a problem",
            "2:the command is wrong, nothing was checked",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Checks Java, native code, memory and limits, asks all nodes how they see the cluster and each other, and compares. The last "
                    + "line says what to do first. With --data it also checks the disk: it writes and removes a small file there. With --config it checks a node's ports and disk. "
                    + "Nothing is changed.",
            "",
            "Examples:",
            "  quorate doctor",
            "  quorate doctor --config conf/node.yaml -o json"
        })
public final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this and end")
    private boolean help;

    @Mixin
    private EndpointsOption endpoints;

    @Option(names = "--data", paramLabel = "DIR", description = "a node's data directory, or where one is to be")
    private Path data;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "a node's configuration: its data directory and its ports")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, for people, or json (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException {
        Optional<NodeConfiguration> node =
                file == null ? Optional.empty() : Optional.of(NodeConfiguration.read(file, System.getenv()));
        Optional<Path> directory = Optional.ofNullable(data).or(() -> node.map(NodeConfiguration::dataDirectory));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<Diagnosis> findings = new ArrayList<>(new MachineCheck(directory.orElse(temporary)).run());
        node.ifPresent(configuration -> findings.addAll(check(configuration)));
        if (data != null) {
            findings.addAll(new DirectoryCheck(data, SystemClock.INSTANCE).run());
        }
        findings.addAll(
                new ClusterCheck(endpoints.endpoints(), endpoints.tls(), endpoints.token(), endpoints.isNamed()).run());
        findings.add(Summary.of(findings));
        show(findings, spec.commandLine().getOut());
        boolean healthy =
                findings.stream().noneMatch(finding -> finding.severity() == Diagnosis.DiagnosisSeverity.PROBLEM);
        return healthy ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    private static List<Diagnosis> check(NodeConfiguration node) {
        CoordinatorConfiguration http = node.coordinator();
        List<Diagnosis> findings = new ArrayList<>(
                new PortsCheck(http.httpHost(), http.httpPort(), node.peerHost(), node.peerPort()).run());
        findings.addAll(new DirectoryCheck(node.dataDirectory(), SystemClock.INSTANCE).run());
        return findings;
    }

    private void show(List<Diagnosis> findings, PrintWriter out) {
        if (format == OutputFormat.json) {
            ArrayNode array = JsonText.object().arrayNode();
            for (Diagnosis finding : findings) {
                array.addObject()
                        .put("severity", label(finding))
                        .put("subject", finding.subject())
                        .put("detail", finding.detail())
                        .put("advice", finding.advice());
            }
            out.println(JsonText.indented(array));
            return;
        }
        for (Diagnosis finding : findings) {
            out.println(marked(finding) + "  " + finding.subject() + ": " + finding.detail());
            if (!finding.advice().isEmpty()) {
                out.println("         -> " + finding.advice());
            }
        }
    }

    private static String label(Diagnosis finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String marked(Diagnosis finding) {
        String label = String.format("%-7s", label(finding));
        Terminal terminal = Terminal.current();
        return switch (finding.severity()) {
            case OK -> terminal.green(label);
            case WARNING -> terminal.yellow(label);
            case PROBLEM -> terminal.red(label);
        };
    }
}
