package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What clients saw of one key, judged as it grows. Every state of a register has a version, so its history is linearizable
 * if an operation's version is at least that of every operation that ended before it began, larger if it writes; if one
 * version has one content; if every write has its effect at one version, and at none if it was refused; and if a
 * conditional one is the next step of a register that fulfils the condition.
 */
public final class KeyHistory {
    private final Key key;
    private final List<Ended> ended = new ArrayList<>();
    private final Map<Version, Content> contents = new HashMap<>();
    private final Map<Content, Version> effects = new HashMap<>();
    private final Set<Content> refused = new HashSet<>();
    private final Map<Call, Optional<Version>> erasers = new HashMap<>();
    private Version newest = Version.ZERO;

    private record Ended(long startNs, long endNs, Version version, boolean wrote) {}

    public KeyHistory(Key key) {
        this.key = key;
    }

    /** The newest version that anybody saw. */
    public Version newest() {
        return newest;
    }

    /** An operation that saw the register at a version, and perhaps what it held. */
    public void saw(long startNs, long nowNs, Version version, Optional<Content> content) {
        add(new Ended(startNs, nowNs, version, false), content);
    }

    /** What is being written may have its effect at any time from now on. */
    public void began(Call write) {
        if (!isLasting(write.content())) {
            erasers.put(write, Optional.empty());
        }
    }

    private static boolean isLasting(Content content) {
        return content instanceof Value value && value.expiresAtMs() == Value.NEVER_EXPIRES;
    }

    /** A write that made the version. */
    public void wrote(Call write, long nowNs, Version version) {
        erasers.replace(write, Optional.of(version));
        add(new Ended(write.startNs(), nowNs, version, true), Optional.of(write.content()));
        if (write.isConditional()) {
            requireCondition(write.precondition(), version);
        }
    }

    private void requireCondition(Precondition condition, Version version) {
        Version base = new Version(version.timestamp(), version.session(), version.counter(), version.step() - 1);
        Optional<Content> replaced = Optional.ofNullable(contents.get(base));
        boolean mayHold = condition instanceof Precondition.AnyOf any
                ? any.versions().contains(base)
                : replaced.map(content -> condition.holds(base, content == Tombstone.TOMBSTONE))
                        .orElse(true);
        if (!mayHold) {
            throw new Violation(key + ": " + version + " was written on " + replaced + ", in spite of " + condition);
        }
    }

    /** A write that was told that it has no effect. */
    public void refused(Call write) {
        erasers.remove(write);
        if (write.content() instanceof Value) {
            refused.add(write.content());
            requireNoEffect(write.content());
        }
    }

    private void requireNoEffect(Content content) {
        if (refused.contains(content) && effects.containsKey(content)) {
            throw new Violation(key + ": a refused write took effect at " + effects.get(content));
        }
    }

    /** An operation that saw that there is no value, which is wrong if nothing can have ended the one that there was. */
    public void sawNone(long startNs) {
        Version least = ended.stream()
                .filter(before -> before.endNs < startNs)
                .map(Ended::version)
                .reduce(Version.ZERO, Version::max);
        boolean mayBeErased = erasers.values().stream().anyMatch(erased -> erased.map(version -> version.isAfter(least))
                .orElse(true));
        if (contents.containsKey(least) && isLasting(contents.get(least)) && !mayBeErased) {
            throw new Violation(key + " was shown without a value, and had one from " + least + " on");
        }
    }

    private void add(Ended operation, Optional<Content> content) {
        content.ifPresent(seen -> requireOneMeaning(operation.version, seen));
        for (Ended before : ended) {
            int order = operation.version.compareTo(before.version);
            if (before.endNs < operation.startNs && (order < 0 || order == 0 && operation.wrote)) {
                throw new Violation(key + ": " + operation + " began after " + before + " had ended");
            }
        }
        ended.add(operation);
        newest = Version.max(newest, operation.version);
    }

    private void requireOneMeaning(Version version, Content content) {
        Content known = contents.putIfAbsent(version, content);
        if (known != null && !known.equals(content)) {
            throw new Violation(key + " at " + version + " is " + content + " and was " + known);
        }
        if (content instanceof Value) {
            Version effect = effects.putIfAbsent(content, version);
            if (effect != null && !effect.equals(version)) {
                throw new Violation(key + ": one write took effect at " + effect + " and at " + version);
            }
            requireNoEffect(content);
        }
    }
}
