package io.quorate.node.convergence.founding;

/**
 * @param tickMs how often a node that is not founded yet tries again
 * @param answerTimeoutMs after which a member counts as not answering
 */
public record FoundingOptions(long tickMs, long answerTimeoutMs) {
    public static final FoundingOptions DEFAULTS = new FoundingOptions(1_000, 10_000);
}
