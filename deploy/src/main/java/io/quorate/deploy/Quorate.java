package io.quorate.deploy;

import io.quorate.deploy.access.AccessCommand;
import io.quorate.deploy.bench.BenchCommand;
import io.quorate.deploy.certificate.CertCommand;
import io.quorate.deploy.checkpoint.CheckpointsCommand;
import io.quorate.deploy.config.KnownVariables;
import io.quorate.deploy.data.command.AddCommand;
import io.quorate.deploy.data.command.AppendCommand;
import io.quorate.deploy.data.command.CasCommand;
import io.quorate.deploy.data.command.DeleteCommand;
import io.quorate.deploy.data.command.GetCommand;
import io.quorate.deploy.data.command.KeyCommand;
import io.quorate.deploy.data.command.NodesCommand;
import io.quorate.deploy.data.command.PutCommand;
import io.quorate.deploy.data.command.RepairCommand;
import io.quorate.deploy.data.command.ScanCommand;
import io.quorate.deploy.data.transfer.ExportCommand;
import io.quorate.deploy.data.transfer.ImportCommand;
import io.quorate.deploy.doctor.DoctorCommand;
import io.quorate.deploy.local.command.ClusterCommand;
import io.quorate.deploy.local.command.DemoCommand;
import io.quorate.deploy.log.LogFormat;
import io.quorate.deploy.log.LogLevel;
import io.quorate.deploy.profile.ProfileCommand;
import io.quorate.deploy.store.StoreCommand;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpCommand;
import io.quorate.deploy.terminal.OutputFailure;
import io.quorate.deploy.terminal.PrintableText;
import io.quorate.deploy.terminal.StandardStreams;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code quorate} with its subcommands, and the program's entry. */
@Command(
        name = "quorate",
        description = "A replicated key-value cluster without a leader.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:refused, nothing was changed",
            "2:the command or its configuration is wrong, nothing was tried",
            "3:sent but not confirmed, it may have happened",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Environment:",
            "  QUORATE_ENDPOINTS   where nodes answer HTTP: host:port, several of them separated by commas",
            "  QUORATE_CA          the authorities that vouch for the nodes",
            "  QUORATE_CERT        the certificate of the client, and QUORATE_KEY its key",
            "  QUORATE_TOKEN       the token by which the client says who it is",
            "  QUORATE_TOKEN_FILE  a file with that token",
            "  QUORATE_PROFILE     a cluster by its name, unless endpoints are named: see 'quorate help profile'",
            "                      With the option --profile, none of the variables above counts",
            "  QUORATE_PROFILES    the file with the profiles",
            "  NO_COLOR            no colours, if it is set to anything",
            "  QUORATE_JAVA_OPTS   further options of the JVM",
            "  QUORATE_LOG_LEVEL   ERROR, WARN, INFO (default), DEBUG or TRACE",
            "  QUORATE_LOG_FORMAT  text (default) or json",
            "  QUORATE_HTTP_PORT   overrides httpPort; all options have such variables"
        })
public final class Quorate implements CommandLines.Source {
    /** In the order in which the help lists them. */
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            ClusterCommand.class,
            NodeCommand.class,
            CoordinatorCommand.class,
            GetCommand.class,
            PutCommand.class,
            CasCommand.class,
            AddCommand.class,
            AppendCommand.class,
            DeleteCommand.class,
            ScanCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            KeyCommand.class,
            NodesCommand.class,
            RepairCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            CheckpointsCommand.class,
            StoreCommand.class,
            CertCommand.class,
            AccessCommand.class,
            ProfileCommand.class,
            ShellCommand.class,
            CompletionCommand.class,
            ArchiveCommand.class,
            HelpCommand.class);

    private static final Set<Class<?>> ABOUT_OTHERS =
            Set.of(ShellCommand.class, CompletionCommand.class, ArchiveCommand.class, HelpCommand.class);

    private static final Set<String> VERSION = Set.of("-V", "--version");

    public static void main(String[] arguments) {
        if (!LogFormat.isKnown()) {
            refuse(LogFormat.VARIABLE + " is '" + LogFormat.configured() + "'; allowed: text or json");
        }
        if (!LogLevel.isKnown()) {
            refuse(LogLevel.VARIABLE + " is '" + LogLevel.configured()
                    + "'; allowed: ERROR, WARN, INFO, DEBUG or TRACE");
        }
        System.exit(execute(arguments));
    }

    private static void refuse(String why) {
        StandardStreams.errText().println("quorate: " + PrintableText.text(why) + ". Nothing was tried");
        System.exit(ExitCode.USAGE);
    }

    static int execute(String... arguments) {
        PrintWriter out = StandardStreams.outText();
        PrintWriter err = StandardStreams.errText();
        if (!isServer(arguments)) {
            KnownVariables.misspelt(System.getenv())
                    .forEach(problem -> err.println("quorate: " + PrintableText.text(problem)));
        }
        int exitCode = commandLine(arguments).setOut(out).setErr(err).execute(arguments);
        out.flush();
        return StandardStreams.outFailure()
                .map(failure -> exitCode(exitCode, failure, err))
                .orElse(exitCode);
    }

    /** A server has a log of its own form, in which it names the variables. */
    private static boolean isServer(String[] arguments) {
        return arguments.length > 0 && (arguments[0].equals("node") || arguments[0].equals("coordinator"));
    }

    /** A command that failed has said why, and its exit code says more than that its output is not complete. */
    private static int exitCode(int exitCode, OutputFailure failure, PrintWriter err) {
        if (exitCode != ExitCode.SUCCESS && exitCode != ExitCode.OUTPUT) {
            return exitCode;
        }
        if (!failure.message().isEmpty()) {
            err.println("quorate: " + failure.message());
        }
        return ExitCode.OUTPUT;
    }

    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /**
     * With just the command that is used, because the model of all the others would cost as much processor time as the
     * command itself. A word that is no command, and a command that is about others, need them all.
     */
    private static CommandLine commandLine(String... arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return commandLine(List.of());
        }
        List<Class<?>> used = COMMANDS.stream()
                .filter(command ->
                        arguments.length > 0 && command.getSimpleName().equals(className(arguments[0])))
                .filter(command -> !ABOUT_OTHERS.contains(command))
                .toList();
        return commandLine(used.isEmpty() ? COMMANDS : used);
    }

    /** Reading the names from the annotations of all the classes would take a tenth of the time of a short command. */
    static String className(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + "Command";
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        return CommandLines.of(new Quorate(), commands);
    }

    @Override
    public CommandLine allCommands() {
        return commandLine();
    }
}
