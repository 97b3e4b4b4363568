package io.quorate.node.convergence.forgetting;

import java.util.function.BooleanSupplier;

/**
 * @param isAllowed whether all members agreed, durably, on the list of members and on the disk of each
 * @param quietMs how old a delete is at least when it is forgotten. A write that takes longer than that is refused
 * @param answerTimeoutMs after which a member counts as not answering
 */
public record ForgettingOptions(BooleanSupplier isAllowed, long quietMs, long answerTimeoutMs) {}
