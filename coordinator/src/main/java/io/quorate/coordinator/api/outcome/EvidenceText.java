package io.quorate.coordinator.api.outcome;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.operation.Evidence;
import java.util.List;

/**
 * The header {@code Quorate-Evidence}: the evidence of an answer in one line.
 *
 * <pre>coordinator=n1; n=3; quorum=2; acked=n1,n2; repaired=n3; rounds=2</pre>
 */
public final class EvidenceText {
    public static final String HEADER = "Quorate-Evidence";

    private EvidenceText() {}

    public static String of(Evidence evidence) {
        StringBuilder text = new StringBuilder(80)
                .append("coordinator=")
                .append(evidence.coordinator())
                .append("; n=")
                .append(evidence.replicas())
                .append("; quorum=")
                .append(evidence.required())
                .append("; acked=");
        join(text, evidence.acked());
        List<NodeId> repaired = evidence.repaired();
        if (!repaired.isEmpty()) {
            text.append("; repaired=");
            join(text, repaired);
        }
        return text.append("; rounds=").append(evidence.rounds().size()).toString();
    }

    private static void join(StringBuilder text, List<NodeId> ids) {
        for (int i = 0; i < ids.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            text.append(ids.get(i));
        }
    }
}
