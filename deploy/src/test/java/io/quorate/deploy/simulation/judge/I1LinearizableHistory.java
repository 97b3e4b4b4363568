package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * I1: the history of one key is linearizable, and a write without an answer happened at most once. Judged by what
 * clients saw, as it grows. Every state of a register has a version, so a history is linearizable under four
 * conditions:
 *
 * <ul>
 *   <li>An operation's version is at least that of every operation that ended before it began, and larger if it writes.
 *   <li>One version has one content.
 *   <li>Every write has its effect at one version, and a refused write at none. If requests are forgotten, a write with
 *       an idempotency key may have more effects, which I9 judges.
 *   <li>A conditional write is the next step of a register that fulfils the condition.
 * </ul>
 */
public final class I1LinearizableHistory extends Invariant {
    private final Key key;
    private final boolean forgetful;
    private final ForgottenKeys forgotten;
    private final NewestEnded ended = new NewestEnded();
    private final Map<Version, Content> contents = new HashMap<>();
    private final Map<Content, Version> effects = new HashMap<>();
    private final Set<Content> refused = new HashSet<>();
    private final Set<Content> again = new HashSet<>();
    private final Map<Call, Optional<Version>> erasers = new HashMap<>();
    private Version newest = Version.ZERO;

    I1LinearizableHistory(Violations violations, Key key, boolean forgetful, ForgottenKeys forgotten) {
        super(1, violations);
        this.key = key;
        this.forgetful = forgetful;
        this.forgotten = forgotten;
    }

    /** The newest version that any client saw. */
    public Version newest() {
        return newest;
    }

    /** An operation that saw the register at a version, and perhaps what it held. */
    public void saw(long startNs, long nowNs, Version version, Optional<Content> content) {
        add(startNs, nowNs, version, false);
        content.ifPresent(seen -> requireOneMeaning(version, seen));
    }

    /**
     * A read that did not write back. It sees what had ended before. A later operation may miss what it saw. It shows
     * the end of a value without a version that any replica has.
     */
    public void sawAtQuorum(long startNs, Version version, Content content) {
        requireNotOlder(version, startNs, "saw", false);
        sawAtOne(version, content);
    }

    /** A read of one replica's copy, of any age. */
    public void sawAtOne(Version version, Content content) {
        if (content instanceof Value) {
            requireOneMeaning(version, content);
        }
    }

    /** An operation that saw that there is a value, and not which. */
    public void sawSome(long startNs, long nowNs, Version version) {
        add(startNs, nowNs, version, false);
        if (contents.get(version) == Tombstone.TOMBSTONE) {
            violated(key + " at " + version + " was shown as a value and is a tombstone");
        }
    }

    /** The write may have its effect at any time from now on. */
    public void began(Call write) {
        if (!isLasting(write.content())) {
            erasers.put(write, Optional.empty());
        }
        if (mayHappenAgain(write)) {
            again.add(write.content());
        }
    }

    private boolean mayHappenAgain(Call write) {
        return forgetful && write.isRepeatable();
    }

    private static boolean isLasting(Content content) {
        return content instanceof Value value && value.expiresAtMs() == Value.NEVER_EXPIRES;
    }

    /** A write that made the version. */
    public void wrote(Call write, long nowNs, Version version) {
        if (!mayHappenAgain(write)) {
            erasers.replace(write, Optional.of(version));
        }
        add(write.startNs(), nowNs, version, true);
        requireOneMeaning(version, write.content());
        if (write.isConditional()) {
            requireCondition(write.precondition(), version);
        }
    }

    /** A write that one replica acknowledged. No later operation has to see it. */
    public void wroteToOne(Call write, Version version) {
        erasers.replace(write, Optional.of(version));
        requireOneMeaning(version, write.content());
    }

    /**
     * A function whose effect the version has.
     *
     * @param content of the register at the version, if the function left that
     */
    public void changed(long startNs, long nowNs, Version version, Optional<Content> content) {
        add(startNs, nowNs, version, true);
        content.ifPresent(left -> requireOneMeaning(version, left));
    }

    private void requireCondition(Precondition condition, Version version) {
        Version base = Floors.shown(
                new Version(version.timestamp(), version.session(), version.counter(), version.step() - 1));
        Optional<Content> replaced =
                base.equals(Version.ZERO) ? Optional.of(Tombstone.TOMBSTONE) : Optional.ofNullable(contents.get(base));
        boolean mayHold = condition instanceof Precondition.AnyOf any
                ? any.versions().contains(base)
                : replaced.map(content -> condition.holds(base, content == Tombstone.TOMBSTONE))
                        .orElse(true);
        if (!mayHold) {
            violated(key + ": " + version + " was written on " + replaced + ", in spite of " + condition);
        }
    }

    /** A write whose answer says that it has no effect. */
    public void refused(Call write) {
        if (mayHappenAgain(write)) {
            return;
        }
        erasers.remove(write);
        if (write.content() instanceof Value) {
            refused.add(write.content());
            requireNoEffect(write.content());
        }
    }

    private void requireNoEffect(Content content) {
        if (refused.contains(content) && effects.containsKey(content)) {
            violated(key + ": a refused write took effect at " + effects.get(content));
        }
    }

    /** An operation that saw no value. That is wrong if nothing can have ended the value that there was. */
    public void sawNone(long startNs) {
        Version least = ended.before(startNs);
        boolean mayBeErased = erasers.values().stream().anyMatch(erased -> erased.map(version -> version.isAfter(least))
                .orElse(true));
        if (contents.containsKey(least) && isLasting(contents.get(least)) && !mayBeErased) {
            violated(key + " was shown without a value, and had one from " + least + " on");
        }
    }

    /** All replicas have had this tombstone, and one has forgotten it. */
    void forgotten(long nowNs, Version tombstone) {
        ended.add(nowNs, tombstone);
    }

    private void add(long startNs, long nowNs, Version version, boolean wrote) {
        requireNotOlder(version, startNs, wrote ? "made" : "saw", wrote);
        ended.add(nowNs, version);
        newest = Version.max(newest, version);
    }

    private void requireNotOlder(Version version, long startNs, String did, boolean wrote) {
        if (!wrote && version.equals(Version.ZERO) && forgotten.mayBeAbsent(key, ended.before(startNs))) {
            return;
        }
        int order = version.compareTo(ended.before(startNs));
        if (order < 0 || order == 0 && wrote) {
            violated(key + ": an operation that began at " + startNs + " " + did + " " + version
                    + " after another had ended at " + ended.before(startNs));
        }
    }

    private void requireOneMeaning(Version version, Content content) {
        Content known = contents.putIfAbsent(version, content);
        if (known != null && !known.equals(content)) {
            violated(key + " at " + version + " is " + content + " and was " + known);
        }
        if (content instanceof Value && !again.contains(content)) {
            Version effect = effects.putIfAbsent(content, version);
            if (effect != null && !effect.equals(version)) {
                violated(key + ": one write took effect at " + effect + " and at " + version);
            }
            requireNoEffect(content);
        }
    }
}
