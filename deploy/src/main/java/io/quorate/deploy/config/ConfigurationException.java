package io.quorate.deploy.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. Nothing was started. The message lists everything that is wrong with it. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationProblem> problems;

    ConfigurationException(String source, List<ConfigurationProblem> problems) {
        super(message(source, problems));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigurationProblem> problems() {
        return problems;
    }

    private static String message(String source, List<ConfigurationProblem> problems) {
        String count = problems.size() == 1 ? "1 error" : problems.size() + " errors";
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", source + ": " + count + ", nothing was started", ""));
    }
}
