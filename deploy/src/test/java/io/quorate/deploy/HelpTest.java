package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The help of all commands, and the command lines that it and the pages show. */
class HelpTest {
    private static final int COLUMNS = 100;

    /** A word, or one in quotes. */
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

    static Stream<CommandSpec> commands() {
        return below(Quorate.commandLine());
    }

    private static Stream<CommandSpec> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec()),
                command.getSubcommands().values().stream().distinct().flatMap(HelpTest::below));
    }

    private static String usage(CommandSpec command) {
        StringWriter text = new StringWriter();
        command.commandLine().usage(new PrintWriter(text));
        return text.toString();
    }

    /** Picocli prints them on standard error, for a per cent sign in a text that is a format, for example. */
    @ParameterizedTest
    @MethodSource("commands")
    void aHelpCausesNoWarningOfItsLibrary(CommandSpec command) {
        PrintStream before = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            assertTrue(usage(command).startsWith("Usage: " + command.qualifiedName()), command::qualifiedName);
        } finally {
            System.setErr(before);
        }
        assertEquals("", warnings.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aHelpExplainsEachOptionAndItsExitCodes(CommandSpec command) {
        for (ArgSpec each : command.args()) {
            assertTrue(each.hidden() || each.description().length > 0, () -> each + " is not explained");
            assertFalse(
                    each.arity().max() > 0 && each.paramLabel().startsWith("<"),
                    () -> each + " has a label that is the name of a field");
        }
        boolean needsExitCodes = command.subcommands().isEmpty() && !isWithoutExitCodes(command.qualifiedName());
        assertTrue(!needsExitCodes || usage(command).contains("Exit codes:"), command::qualifiedName);
    }

    /**
     * Otherwise the models of all commands are built for it, which takes longer and works all the same. So it is with
     * {@code checkpoint}, as {@code store checkpoint} has its class name.
     */
    @Test
    void aCommandIsFoundByTheNameOfItsClass() {
        List<String> slow = Quorate.commandLine().getSubcommands().values().stream()
                .filter(command -> !command.getCommand()
                        .getClass()
                        .getSimpleName()
                        .equals(Quorate.className(command.getCommandName())))
                .map(CommandLine::getCommandName)
                .toList();

        assertEquals(List.of("checkpoint"), slow);
    }

    /** Those of {@code quorate cluster} hold for its subcommands. */
    private static boolean isWithoutExitCodes(String name) {
        return name.startsWith("quorate cluster ") || name.equals("quorate help");
    }

    /** The library breaks its lines. A text in two lines would be broken within both. */
    @ParameterizedTest
    @MethodSource("commands")
    void aParagraphOfAHelpIsOneText(CommandSpec command) {
        Arrays.stream(command.usageMessage().footer())
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .forEach(line -> assertTrue(line.endsWith(".") || line.endsWith(":"), line));
    }

    /** A line with a margin is an example or a row of a table. */
    @ParameterizedTest
    @MethodSource("commands")
    void noExampleInAHelpIsWrapped(CommandSpec command) {
        Arrays.stream(command.usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .forEach(line -> assertTrue(line.length() <= COLUMNS, line));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandThatTakesATokenTakesAProfile(CommandSpec command) {
        boolean token = command.findOption("--token-file") != null;
        boolean makesProfiles = command.qualifiedName().equals("quorate profile set");
        assertEquals(token && !makesProfiles, command.findOption("--profile") != null);
    }

    @Test
    void eachCommandLineInAHelpIsOne() {
        List<String> lines = commands()
                .flatMap(command -> Arrays.stream(command.usageMessage().footer()))
                .filter(line -> line.startsWith("  quorate "))
                .toList();
        assertTrue(lines.size() > 80, lines::toString);
        assertAreCommandLines(lines);
    }

    @Test
    void eachCommandLineOnAPageIsOne() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path folder :
                List.of(Path.of("docs"), Path.of("monitoring"), Path.of("../node/docs"), Path.of("../.github"))) {
            try (Stream<Path> pages = Files.walk(folder)) {
                for (Path page :
                        pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                    Files.readAllLines(page).stream()
                            .filter(line -> line.startsWith("    quorate "))
                            .forEach(lines::add);
                }
            }
        }
        assertTrue(lines.size() > 50, lines::toString);
        assertAreCommandLines(lines);
    }

    private static void assertAreCommandLines(List<String> lines) {
        List<String> wrong = new ArrayList<>();
        for (String line : lines) {
            List<String> words = words(line);
            try {
                Quorate.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
            } catch (ParameterException e) {
                wrong.add(line.strip() + ": " + e.getMessage());
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    /** Up to a comment, which two spaces part from the words, and up to a pipe. */
    private static List<String> words(String line) {
        String typed = line.strip().split(" {2,}| [|>] ", 2)[0];
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(typed);
        while (word.find()) {
            words.add(word.group().replaceAll("['\"]", ""));
        }
        return words;
    }
}
