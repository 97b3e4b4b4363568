package io.quorate.coordinator.api.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What new rules change for one principal. It has no token and no digest.
 *
 * @param grants in the new rules, or the last ones of a principal that was removed
 * @param grantsBefore if the principal stays, and they were others
 * @param tokensAdded how many. A token that replaces another one counts as added, and the other one as removed
 */
public record RulesChange(
        ChangeKind kind,
        String name,
        List<String> grants,
        Optional<List<String>> grantsBefore,
        int tokensAdded,
        int tokensRemoved) {
    public enum ChangeKind {
        /** It is there when the process starts. What it had before is not known. */
        START,
        ADDED,
        REMOVED,
        CHANGED
    }

    /** Every principal, for the start of a process. */
    public static List<RulesChange> start(AccessRules rules) {
        return rules.entries().stream()
                .map(entry -> whole(ChangeKind.START, entry, entry.tokens().size(), 0))
                .toList();
    }

    static List<RulesChange> between(AccessRules before, AccessRules after) {
        List<RulesChange> changes = new ArrayList<>();
        for (AccessRules.Entry old : before.entries()) {
            if (after.entry(old.principal().name()).isEmpty()) {
                changes.add(whole(ChangeKind.REMOVED, old, 0, old.tokens().size()));
            }
        }
        for (AccessRules.Entry fresh : after.entries()) {
            before.entry(fresh.principal().name())
                    .map(old -> changed(old, fresh))
                    .orElseGet(() -> Optional.of(
                            whole(ChangeKind.ADDED, fresh, fresh.tokens().size(), 0)))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    private static RulesChange whole(ChangeKind kind, AccessRules.Entry entry, int added, int removed) {
        return new RulesChange(
                kind, entry.principal().name(), entry.principal().grantTexts(), Optional.empty(), added, removed);
    }

    private static Optional<RulesChange> changed(AccessRules.Entry old, AccessRules.Entry fresh) {
        List<String> before = old.principal().grantTexts();
        List<String> grants = fresh.principal().grantTexts();
        int added = missing(fresh.tokens(), old.tokens());
        int removed = missing(old.tokens(), fresh.tokens());
        boolean sameGrants = before.equals(grants);
        return sameGrants && added == 0 && removed == 0
                ? Optional.empty()
                : Optional.of(new RulesChange(
                        ChangeKind.CHANGED,
                        fresh.principal().name(),
                        grants,
                        sameGrants ? Optional.empty() : Optional.of(before),
                        added,
                        removed));
    }

    private static int missing(List<TokenDigest> some, List<TokenDigest> others) {
        return (int) some.stream().filter(token -> !others.contains(token)).count();
    }
}
