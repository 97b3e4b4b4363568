package io.quorate.coordinator.api.kv;

import io.quorate.common.model.Version;
import io.quorate.coordinator.api.kv.VersionTags.Strangers;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * {@code If-Match} and {@code If-None-Match} of a GET or HEAD, RFC 9110, section 13.2. They concern a value only: an
 * absent key is a 404 all the same. A tag of another server matches no version.
 */
record ReadConditions(Optional<Precondition> match, Optional<Precondition> noneMatch) {
    /** What the conditions make of the answer. */
    enum ReadVerdict {
        VALUE,
        NOT_MODIFIED,
        FAILED
    }

    static ReadConditions of(HttpServerRequest request) {
        return new ReadConditions(
                Preconditions.ifMatch(request, Strangers.MATCH_NOTHING),
                Preconditions.ifNoneMatch(request, Strangers.MATCH_NOTHING));
    }

    /** @param version of a value */
    ReadVerdict on(Version version) {
        if (match.filter(condition -> !condition.holds(version, false)).isPresent()) {
            return ReadVerdict.FAILED;
        }
        boolean known =
                noneMatch.filter(condition -> !condition.holds(version, false)).isPresent();
        return known ? ReadVerdict.NOT_MODIFIED : ReadVerdict.VALUE;
    }
}
