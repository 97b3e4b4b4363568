package io.quorate.deploy.config;

import io.quorate.common.model.NodeId;
import io.quorate.common.placement.Placement;
import io.quorate.coordinator.api.http.HttpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a list of members before any process counts a majority of it. */
final class MembersCheck {
    private MembersCheck() {}

    static void check(List<Member> members, Options options) {
        if (!options.sound("members")) {
            return;
        }
        if (members.isEmpty() || members.size() > Placement.MEMBERS_MAX) {
            options.problem(
                    "members", members.size() + " members", "allowed: 1 to " + Placement.MEMBERS_MAX + ", best 3 or 5");
        }
        Set<NodeId> ids = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        Set<String> httpAddresses = new HashSet<>();
        for (Member member : members) {
            if (!ids.add(member.id())) {
                options.problem("members", member.id() + " is there twice", "give each replica an id of its own");
            }
            if (!addresses.add(member.address())) {
                options.problem(
                        "members", member.address() + " is there twice", "give each replica an address of its own");
            }
            member.http()
                    .map(HttpAddress::authority)
                    .filter(http -> !httpAddresses.add(http))
                    .ifPresent(http -> options.problem(
                            "members",
                            "the httpPort of " + http + " is there twice",
                            "give each replica an httpPort of its own"));
        }
    }
}
