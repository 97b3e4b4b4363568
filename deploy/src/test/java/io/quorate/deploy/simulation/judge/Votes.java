package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts who voted under each ballot. A proposal is chosen when a majority has voted for it under one ballot. */
final class Votes {
    private final int majority;
    private final Map<KeyBallot, Proposal> proposals = new HashMap<>();
    private final Map<KeyBallot, Integer> voters = new HashMap<>();
    private final Set<KeyVersion> chosen = new HashSet<>();

    private record KeyBallot(Key key, Ballot ballot) {}

    Votes(int majority) {
        this.majority = majority;
    }

    /** Whether the proposal is new. */
    boolean proposed(Key key, Proposal proposal) {
        return proposals.putIfAbsent(new KeyBallot(key, proposal.ballot()), proposal) == null;
    }

    /** Counts a vote. Returns the proposal that this one vote makes chosen. */
    Optional<Proposal> voted(int node, Key key, Ballot ballot) {
        KeyBallot where = new KeyBallot(key, ballot);
        Proposal proposal = proposals.get(where);
        int before = voters.getOrDefault(where, 0);
        int now = before | 1 << node;
        if (proposal == null || now == before) {
            return Optional.empty();
        }
        voters.put(where, now);
        boolean isChosen = Integer.bitCount(now) == majority;
        if (isChosen) {
            chosen.add(new KeyVersion(key, proposal.record().version()));
        }
        return isChosen ? Optional.of(proposal) : Optional.empty();
    }

    /** Whether this version is chosen, or a later step of it. */
    boolean isChosen(Key key, Version version) {
        return chosen.contains(new KeyVersion(key, version))
                || chosen.stream().anyMatch(each -> each.key().equals(key) && isLaterStep(each.version(), version));
    }

    private static boolean isLaterStep(Version later, Version version) {
        return later.isAfter(version)
                && later.equals(new Version(version.timestamp(), version.session(), version.counter(), later.step()));
    }
}
