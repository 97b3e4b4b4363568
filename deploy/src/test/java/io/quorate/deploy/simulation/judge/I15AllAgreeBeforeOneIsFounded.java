package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * I15: a founded node's list and disks are agreed on by every member of the list, durably, and neither ever changes.
 */
final class I15AllAgreeBeforeOneIsFounded extends Invariant {
    private final Map<NodeId, MemberDisks> agreements = new HashMap<>();
    private Optional<MemberDisks> founded = Optional.empty();
    private final Map<NodeId, MemberDisks> foundedNodes = new HashMap<>();

    I15AllAgreeBeforeOneIsFounded(Violations violations) {
        super(15, violations);
    }

    /** A member says that it has agreed. */
    void agrees(NodeId member, MemberDisks asked, Optional<MemberDisks> durably) {
        if (!durably.equals(Optional.of(asked))) {
            violated(member + " says that it has agreed on " + asked + ", and has durably agreed on " + durably);
        }
    }

    /** What a node shows of its founding has changed, or its process has begun. */
    void shows(
            NodeId node,
            Optional<MemberDisks> agreed,
            boolean isFounded,
            Map<NodeId, Optional<MemberDisks>> durablyAgreed) {
        MemberDisks before = agreements.get(node);
        if (before != null && !agreed.equals(Optional.of(before))) {
            violated(node + " had agreed on " + before + " and has now agreed on " + agreed);
        }
        agreed.ifPresent(disks -> agreements.put(node, disks));
        if (foundedNodes.containsKey(node) && !isFounded) {
            violated(node + " was founded and is no longer");
        }
        if (isFounded) {
            isFounded(node, agreed.orElseThrow(), durablyAgreed);
        }
    }

    private void isFounded(NodeId node, MemberDisks disks, Map<NodeId, Optional<MemberDisks>> durablyAgreed) {
        foundedNodes.put(node, disks);
        disks.byMember().keySet().forEach(member -> {
            if (!durablyAgreed.getOrDefault(member, Optional.empty()).equals(Optional.of(disks))) {
                violated(node + " is founded on " + disks + ", and " + member + " has durably agreed on "
                        + durablyAgreed.get(member));
            }
        });
        if (!founded.orElse(disks).equals(disks)) {
            violated(node + " is founded on " + disks + ", and another node on " + founded);
        }
        founded = Optional.of(disks);
    }

    /** The disks that some node is founded on. */
    Optional<MemberDisks> founded() {
        return founded;
    }
}
