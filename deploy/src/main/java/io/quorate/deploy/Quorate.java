package io.quorate.deploy;

import io.quorate.deploy.bench.BenchCommand;
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
import io.quorate.deploy.store.StoreCommand;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.StandardStreams;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code quorate} with its subcommands, and the program's entry. */
@Command(
        name = "quorate",
        description = "A replicated key-value cluster without a leader.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
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
            "  QUORATE_ENDPOINTS   where nodes answer HTTP: host:port, several of them separated by commas",
            "  NO_COLOR            no colours, if it is set to anything",
            "  QUORATE_JAVA_OPTS   further options of the JVM",
            "  QUORATE_LOG_LEVEL   ERROR, WARN, INFO (default), DEBUG or TRACE",
            "  QUORATE_LOG_FORMAT  text (default) or json",
            "  QUORATE_HTTP_PORT   overrides httpPort; all options have such variables"
        })
public final class Quorate {
    public static void main(String[] arguments) {
        if (!LogFormat.isKnown()) {
            commandLine()
                    .getErr()
                    .println("quorate: " + LogFormat.VARIABLE + " is '" + LogFormat.configured()
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
        return CommandLines.of(new Quorate());
    }
}
