package io.quorate.deploy;

import io.quorate.deploy.bench.BenchCommand;
import io.quorate.deploy.config.ConfigurationException;
import io.quorate.deploy.data.command.CasCommand;
import io.quorate.deploy.data.command.DeleteCommand;
import io.quorate.deploy.data.command.GetCommand;
import io.quorate.deploy.data.command.KeyCommand;
import io.quorate.deploy.data.command.NodesCommand;
import io.quorate.deploy.data.command.PutCommand;
import io.quorate.deploy.data.command.ScanCommand;
import io.quorate.deploy.doctor.DoctorCommand;
import io.quorate.deploy.local.command.ClusterCommand;
import io.quorate.deploy.local.command.DemoCommand;
import io.quorate.deploy.log.LogFormat;
import io.quorate.deploy.process.StartException;
import io.quorate.deploy.store.StoreCommand;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.StandardStreams;
import io.quorate.deploy.terminal.Terminal;
import io.quorate.node.lsm.failure.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The command line: parses, hands over, and turns what comes back into one line and an exit code. */
@Command(
        name = "quorate",
        description = "A replicated key-value cluster without a leader.",
        mixinStandardHelpOptions = true,
        versionProvider = Quorate.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ClusterCommand.class,
            NodeCommand.class,
            CoordinatorCommand.class,
            GetCommand.class,
            PutCommand.class,
            CasCommand.class,
            DeleteCommand.class,
            ScanCommand.class,
            KeyCommand.class,
            NodesCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            StoreCommand.class,
            CompletionCommand.class,
            ArchiveCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:refused, nothing was changed",
            "2:the command or its configuration is wrong, nothing was tried",
            "3:sent but not confirmed, it may have happened"
        },
        footer = {
            "",
            "Environment:",
            "  QUORATE_ENDPOINTS   where nodes answer HTTP: host:port, and more of them behind commas",
            "  NO_COLOR            anything but nothing: no colours",
            "  QUORATE_JAVA_OPTS   further options of the JVM",
            "  QUORATE_LOG_LEVEL   ERROR, WARN, INFO (default), DEBUG or TRACE",
            "  QUORATE_LOG_FORMAT  text (default) or json",
            "  QUORATE_HTTP_PORT   overrides httpPort; all options have such variables"
        })
public final class Quorate implements IVersionProvider {
    private static final int HELP_COLUMNS_MIN = 80;
    private static final int HELP_COLUMNS_MAX = 100;

    public static void main(String[] arguments) {
        if (!LogFormat.isKnown()) {
            commandLine()
                    .getErr()
                    .println("quorate: " + LogFormat.VARIABLE + " is '" + LogFormat.wanted()
                            + "'; allowed: text or json. Nothing was tried");
            System.exit(ExitCode.USAGE);
        }
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        return commandLine()
                .setOut(StandardStreams.outText())
                .setErr(StandardStreams.errText())
                .execute(arguments);
    }

    static CommandLine commandLine() {
        Terminal terminal = Terminal.current();
        int columns = terminal.out() ? terminal.columns() : HELP_COLUMNS_MAX;
        return new CommandLine(new Quorate())
                .setUsageHelpWidth(Math.max(HELP_COLUMNS_MIN, Math.min(HELP_COLUMNS_MAX, columns)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a key or a value may begin with @
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(Quorate::explain);
    }

    @Override
    public String[] getVersion() {
        String version = Quorate.class.getPackage().getImplementationVersion();
        return new String[] {"quorate " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()};
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof CommandFailure told) {
            command.getErr().println("quorate: " + told.getMessage());
            return told.exitCode();
        }
        if (failure instanceof ConfigurationException) {
            command.getErr().println("quorate: " + failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof StartException || failure instanceof StoreException) {
            command.getErr().println("quorate: " + failure.getMessage());
            return ExitCode.REFUSED;
        }
        throw failure;
    }
}
