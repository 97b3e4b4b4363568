package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * I4: if M is chosen at ballot b, every proposal at a higher ballot is M or has a larger version. The register of a
 * forgotten key, which a read proposes so that nothing older is accepted, counts as the tombstone that it was.
 */
final class I4ChosenStaysChosen extends Invariant {
    private final Map<Key, NavigableMap<Ballot, Proposal>> proposals = new HashMap<>();
    private final Map<Key, List<Proposal>> chosen = new HashMap<>();

    private final ForgottenKeys forgotten;

    I4ChosenStaysChosen(Violations violations, ForgottenKeys forgotten) {
        super(4, violations);
        this.forgotten = forgotten;
    }

    void proposed(Key key, Proposal proposal) {
        proposals.computeIfAbsent(key, any -> new TreeMap<>()).put(proposal.ballot(), proposal);
        for (Proposal settled : chosen.getOrDefault(key, List.of())) {
            if (proposal.ballot().isAfter(settled.ballot())) {
                require(key, settled, proposal);
            }
        }
    }

    void chosen(Key key, Proposal settled) {
        chosen.computeIfAbsent(key, any -> new ArrayList<>()).add(settled);
        proposals
                .getOrDefault(key, new TreeMap<>())
                .tailMap(settled.ballot(), false)
                .values()
                .forEach(later -> require(key, settled, later));
    }

    private void require(Key key, Proposal settled, Proposal later) {
        boolean isLarger = later.record().version().isAfter(settled.record().version());
        boolean isForgotten = later.record().version().equals(Version.ZERO)
                && forgotten.mayBeAbsent(key, settled.record().version());
        if (!isLarger && !isForgotten && !I2OneRecordPerVersion.isSame(later.record(), settled.record())) {
            violated(key + ": " + settled + " is chosen, and " + later + " is proposed above it");
        }
    }
}
