package io.quorate.deploy.advisory;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks OSV about the libraries that ship, and stores its answers: {@code scripts/vulnerabilities}. */
@Command(
        name = "vulnerabilities",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Asks OSV (osv.dev) for the advisories of each library in the distribution, stores them with the day,",
            "and lists those that concern a version that ships. A build judges by the stored ones, without a network."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:none concerns a version that ships", " 1:some do", " 2:nothing is known, nothing was stored"
        })
final class Vulnerabilities implements Callable<Integer> {
    @Option(names = "--offline", description = "judge by the stored ones, and ask nobody")
    private boolean offline;

    @Option(names = "--osv", paramLabel = "URL", description = "whom to ask (default: ${DEFAULT-VALUE})")
    private URI osv = URI.create("https://api.osv.dev");

    @Option(
            names = "--bill",
            paramLabel = "FILE",
            required = true,
            description = "the bill of materials, CycloneDX JSON")
    private Path bill;

    @Option(
            names = "--stored",
            paramLabel = "FILE",
            description = "where the advisories are (default: ${DEFAULT-VALUE})")
    private Path stored = Advisories.STORED;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        return new CommandLine(new Vulnerabilities()).setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println("vulnerabilities: " + e.getMessage() + ". The stored advisories are as they were");
            return CommandLine.ExitCode.USAGE;
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Library> shipped = Library.of(bill);
        if (shipped.isEmpty()) {
            throw new IOException(bill + " names no library");
        }
        Advisories known = Advisories.of(stored);
        if (!offline) {
            known = known.with(
                    LocalDate.now(ZoneOffset.UTC), osv.toString(), shipped, new Osv(osv).advisoriesOf(shipped));
            known.writeTo(stored);
        }
        return report(known, shipped);
    }

    private int report(Advisories known, List<Library> shipped) {
        List<String> concerning = known.concerning(shipped);
        PrintWriter out = spec.commandLine().getOut();
        concerning.forEach(out::println);
        known.missing(shipped).forEach(name -> out.println(name + ": nobody has asked about it"));
        out.printf(
                "%d libraries, %d advisories of %s, %d concern a version that ships%n",
                shipped.size(), known.advisories().size(), known.asked(), concerning.size());
        return concerning.isEmpty() ? 0 : 1;
    }
}
