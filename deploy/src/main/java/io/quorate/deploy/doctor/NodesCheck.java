package io.quorate.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What each member that runs says of itself: its vote, its disk, its speed. */
record NodesCheck(ClusterViews views) {
    List<Diagnosis> run() {
        return views.members().stream()
                .filter(member -> !views.isRefusedByAny(member)) // the refusal is reported, and its own view is wrong
                .filter(member -> views.ownView(member).isPresent()
                        || !views.hearersOf(member).isEmpty())
                .map(this::member)
                .toList();
    }

    private Diagnosis member(String id) {
        JsonNode node = views.bestEntry(id);
        String subject = "node " + id;
        String trouble = node.path("trouble").asText();
        if (node.has("whyNoVote") || !node.path("votingStatus").asText("voting").equals("voting")) {
            String why = node.path("whyNoVote").asText(node.path("votingStatus").asText());
            return Diagnosis.problem(
                    subject, "it has no vote: " + why, "see deploy/docs/operating.md, What to do when");
        }
        String space = node.path("store").path("diskSpace").asText("all_writes");
        if (!space.equals("all_writes")) {
            return Diagnosis.problem(subject, "its disk has space for " + space, "free space on its disk");
        }
        List<String> slowFor = views.viewsOfOthers(id).stream()
                .filter(view -> view.entry(id).path("state").asText().equals("slow"))
                .map(MemberView::of)
                .toList();
        if (!slowFor.isEmpty()) {
            return Diagnosis.warning(
                    subject,
                    "it is slow, as " + Words.and(slowFor) + " " + Words.verb(slowFor, "says", "say")
                            + ": it is asked last",
                    "look at the load of its machine, its disk and its network");
        }
        return trouble.isEmpty()
                ? Diagnosis.ok(subject, "it runs and has its vote")
                : Diagnosis.warning(subject, trouble, "see its log");
    }
}
