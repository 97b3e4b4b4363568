package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.coordinator.api.access.Principal;
import java.util.ArrayList;
import java.util.List;

/** A principal in the file, with its tokens. Immutable. */
record AccessEntry(NodeId name, List<AccessToken> tokens, List<Grant> grants) {
    AccessEntry {
        tokens = List.copyOf(tokens);
        grants = List.copyOf(grants);
    }

    AccessEntry with(AccessToken token) {
        List<AccessToken> more = new ArrayList<>(tokens);
        more.add(token);
        return new AccessEntry(name, more, grants);
    }

    /** Those that it has already are not added twice. */
    AccessEntry with(List<Grant> added) {
        List<Grant> more = new ArrayList<>(grants);
        added.stream().filter(grant -> !more.contains(grant)).forEach(more::add);
        return new AccessEntry(name, tokens, more);
    }

    AccessEntry without(List<Grant> revoked) {
        return new AccessEntry(
                name,
                tokens,
                grants.stream().filter(grant -> !revoked.contains(grant)).toList());
    }

    AccessEntry withoutToken(String id) {
        return new AccessEntry(
                name,
                tokens.stream().filter(token -> !token.digest().id().equals(id)).toList(),
                grants);
    }

    AccessRules.Entry rule() {
        return new AccessRules.Entry(
                new Principal(name.name(), grants),
                tokens.stream().map(AccessToken::digest).toList());
    }
}
