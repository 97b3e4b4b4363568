package io.quorate.deploy;

import io.quorate.deploy.bench.BenchCommand;
import io.quorate.deploy.config.ConfigurationException;
import io.quorate.deploy.local.ClusterCommand;
import io.quorate.deploy.local.DemoCommand;
import io.quorate.deploy.process.StartException;
import io.quorate.deploy.store.StoreCommand;
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
            NodeCommand.class,
            CoordinatorCommand.class,
            BenchCommand.class,
            StoreCommand.class,
            ClusterCommand.class,
            DemoCommand.class,
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
            "  QUORATE_JAVA_OPTS   further options of the JVM",
            "  QUORATE_LOG_LEVEL   ERROR, WARN, INFO (default), DEBUG or TRACE",
            "  QUORATE_HTTP_PORT   overrides httpPort; all options have such variables"
        })
public final class Quorate implements IVersionProvider {
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Quorate())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Quorate::explain);
    }

    @Override
    public String[] getVersion() {
        String version = Quorate.class.getPackage().getImplementationVersion();
        return new String[] {"quorate " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()};
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
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
