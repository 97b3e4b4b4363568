package io.quorate.deploy.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Completes commands, options and their values as picocli knows them, and keys and node names as the cluster does. */
final class WordCompleter implements Completer {
    private final CommandLine commands;
    private final ClusterNames names;

    WordCompleter(CommandLine commands, ClusterNames names) {
        this.commands = commands;
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        List<String> before = line.words().subList(0, line.wordIndex());
        completions(before, word).forEach(text -> candidates.add(new Candidate(text)));
    }

    /** Whole words that begin with {@code word}. */
    List<String> completions(List<String> before, String word) {
        String label = ShellCursor.at(commands, before, word).label();
        List<String> found = new ArrayList<>(
                switch (label) {
                    case "KEY" -> names.keys(word);
                    case "NODE" -> names.nodes();
                    default -> known(before, word);
                });
        found.removeIf(text -> !text.startsWith(word));
        return found;
    }

    private List<String> known(List<String> before, String word) {
        String[] words = Stream.concat(before.stream(), Stream.of(word)).toArray(String[]::new);
        List<CharSequence> ends = new ArrayList<>();
        AutoComplete.complete(commands.getCommandSpec(), words, before.size(), word.length(), 0, ends);
        return ends.stream().map(end -> word + end).toList();
    }
}
