package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** I16: a memory accepts one disk under a name, and remembers it durably first. A founded cluster accepts no other. */
final class I16OneDiskUnderAName extends Invariant {
    private final I15AllAgreeBeforeOneIsFounded founding;
    private final Map<String, Map<NodeId, DiskId>> accepted = new HashMap<>();

    I16OneDiskUnderAName(Violations violations, I15AllAgreeBeforeOneIsFounded founding) {
        super(16, violations);
        this.founding = founding;
    }

    /**
     * @param memory the disk of the process that accepts, or the process itself if it has no disk
     * @param remembered the disk that the memory has durably under the name
     */
    void accepts(String memory, NodeId replica, DiskId shown, Optional<DiskId> remembered) {
        DiskId before = accepted.computeIfAbsent(memory, any -> new HashMap<>()).putIfAbsent(replica, shown);
        if (before != null && !before.equals(shown)) {
            violated(memory + " accepts " + replica + " with the disk " + shown + ", and before with " + before);
        }
        if (!remembered.equals(Optional.of(shown))) {
            violated(memory + " accepts " + replica + " with the disk " + shown + ", and remembers " + remembered);
        }
        founding.founded().flatMap(disks -> disks.diskOf(replica)).ifPresent(agreed -> {
            if (!agreed.equals(shown)) {
                violated(memory + " accepts " + replica + " with the disk " + shown + ", and the members agreed on "
                        + agreed);
            }
        });
    }
}
