package io.quorate.deploy.doctor;

import static io.quorate.deploy.doctor.Words.and;
import static io.quorate.deploy.doctor.Words.verb;

import java.util.List;
import java.util.stream.Collectors;

/** Which of the processes that answered serve reads and writes now, and how many nodes may still be lost. */
record ServiceCheck(ClusterViews views) {
    Diagnosis run() {
        List<String> serving = ids(true);
        List<String> refusing = ids(false);
        String subject = "cluster " + views.views().get(0).clusterName();
        if (serving.isEmpty()) {
            return Diagnosis.problem(
                    subject,
                    "it refuses reads and writes: " + and(refusing) + " " + verb(refusing, "reaches", "reach")
                            + " no majority of " + views.members().size() + " nodes",
                    "bring nodes back, or heal the network between them");
        }
        int canLose = views.views().stream()
                .filter(MemberView::servesRequests)
                .mapToInt(view -> view.cluster().path("canLose").asInt())
                .min()
                .orElse(0);
        String detail = and(serving) + " " + verb(serving, "serves", "serve") + " reads and writes"
                + (refusing.isEmpty() ? "" : ", " + and(refusing) + " " + verb(refusing, "refuses", "refuse") + " them")
                + "; it can lose " + (canLose == 0 ? "no more nodes" : canLose + " more");
        return canLose == 0 || !refusing.isEmpty()
                ? Diagnosis.warning(subject, detail, "bring all nodes back")
                : Diagnosis.ok(subject, detail);
    }

    private List<String> ids(boolean serving) {
        return views.views().stream()
                .filter(view -> view.servesRequests() == serving)
                .map(MemberView::of)
                .collect(Collectors.toList());
    }
}
