package io.quorate.deploy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.FakeNode;
import io.quorate.deploy.data.command.GetCommand;
import io.quorate.deploy.data.command.KeyCommand;
import io.quorate.deploy.data.command.ScanCommand;
import io.quorate.deploy.profile.ProfileCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What Tab offers, and which options a command gets from its shell. */
class WordCompleterTest {
    private static final String KEYS = "{\"items\":[{\"key\":\"user/1\"},{\"key64\":\"AP8=\"},{\"key\":\"user/2\"}]}";

    private static CommandLine commands() {
        return new CommandLine(CommandSpec.create().name("quorate"))
                .addSubcommand(new GetCommand())
                .addSubcommand(new ScanCommand())
                .addSubcommand(new KeyCommand())
                .addSubcommand(new ProfileCommand());
    }

    private static List<String> completions(FakeNode node, String word, String... before) {
        try (ClusterClient client = new ClusterClient(List.of(node.endpoint()))) {
            return new WordCompleter(commands(), new ClusterNames(client)).completions(List.of(before), word);
        }
    }

    @Test
    void commandsAndOptionsAreThoseOfPicocli() {
        try (FakeNode node = FakeNode.answering("200 OK", "", KEYS)) {
            assertEquals(List.of("scan"), completions(node, "sc"));
            assertTrue(completions(node, "", "key").contains("replicas"));
            assertEquals(List.of("--timeout"), completions(node, "--tim", "get", "k"));
            assertEquals(List.of(), node.requests());
        }
    }

    @Test
    void keysAreThoseOfTheCluster() {
        try (FakeNode node = FakeNode.answering("200 OK", "", KEYS)) {
            assertEquals(List.of("user/1", "user/2"), completions(node, "user/", "get"));
            assertTrue(node.requests().get(0).contains("prefix=user"), node.requests()::toString);
            assertEquals(List.of("user/1", "user/2"), completions(node, "us", "scan", "--limit", "5", "--prefix"));
            assertEquals(List.of("user/1", "user/2"), completions(node, "", "key", "replicas", "-o", "json"));
        }
    }

    @Test
    void withoutAnAnswerThereAreNone() {
        try (FakeNode node = FakeNode.dying()) {
            assertEquals(List.of(), completions(node, "user/", "get"));
        }
    }

    @Test
    void aCommandHasTheOptionsOfItsShellUnlessItIsForAnotherCluster() {
        InheritedOptions inherited = InheritedOptions.of(new CommandLine(new GetCommand())
                .parseArgs("k", "-e", "h1:1,h2:2", "--token-file", "t", "--timeout", "3s"));
        CommandLine scan = new CommandLine(new ScanCommand());
        assertEquals("h1:1,h2:2", inherited.defaultValue(scan.getCommandSpec().findOption("--endpoint")));
        assertEquals("t", inherited.defaultValue(scan.getCommandSpec().findOption("--token-file")));
        assertEquals(null, inherited.defaultValue(scan.getCommandSpec().findOption("--timeout")));
        CommandLine set =
                commands().getSubcommands().get("profile").getSubcommands().get("set");
        assertEquals(null, inherited.defaultValue(set.getCommandSpec().findOption("--token-file")));

        assertTrue(InheritedOptions.isForSameCluster(commands(), List.of("get", "--", "--profile")));
        assertFalse(InheritedOptions.isForSameCluster(commands(), List.of("get", "k", "--profile", "other")));
        assertFalse(InheritedOptions.isForSameCluster(commands(), List.of("key", "replicas", "k", "-e", "h:1")));
    }
}
