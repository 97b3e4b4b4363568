package io.quorate.coordinator.api.access;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import java.util.List;

/** A program or a person, and what it may do. */
public record Principal(String name, List<Grant> grants) {
    /** Everybody, where there are no rules. */
    static final Principal ANYBODY = new Principal("anybody", List.of(new Grant(AccessRole.ADMIN, KeyPrefix.ALL)));

    /** A caller that was not asked for its name. */
    static final Principal STRANGER = new Principal("stranger", List.of());

    public Principal {
        grants = List.copyOf(grants);
    }

    boolean mayAct(AccessRole role) {
        for (Grant grant : grants) {
            if (grant.role() == role || grant.role() == AccessRole.ADMIN) {
                return true;
            }
        }
        return false;
    }

    boolean may(AccessRole role, Key key) {
        for (Grant grant : grants) {
            if (grant.role() == AccessRole.ADMIN
                    || grant.role() == role && grant.keys().contains(key)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one grant holds for all keys of a range. Two grants side by side do not. */
    boolean may(AccessRole role, KeyRange keys) {
        for (Grant grant : grants) {
            if (grant.role() == AccessRole.ADMIN
                    || grant.role() == role && grant.keys().contains(keys)) {
                return true;
            }
        }
        return false;
    }

    /** Its grants, as an access file spells them. */
    List<String> grantTexts() {
        return grants.stream().map(Grant::toString).toList();
    }

    /** Its grants for messages. */
    String grantsText() {
        return grants.isEmpty() ? "no grants" : String.join(", ", grantTexts());
    }
}
