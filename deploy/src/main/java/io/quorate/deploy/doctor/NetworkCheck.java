package io.quorate.deploy.doctor;

import static io.quorate.deploy.doctor.Words.and;
import static io.quorate.deploy.doctor.Words.verb;

import io.quorate.deploy.client.EndpointReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Who hears whom: nodes that are down, splits, single broken paths, and paths that work in one direction only. */
final class NetworkCheck {
    private static final String PATHS = "look at routes, firewalls and cables between their peer addresses";

    private final ClusterViews views;
    private final List<Diagnosis> findings = new ArrayList<>();

    NetworkCheck(ClusterViews views) {
        this.views = views;
    }

    List<Diagnosis> run() {
        views.members().stream()
                .filter(member -> views.ownView(member).isEmpty())
                .forEach(this::withoutOwnView);
        List<List<String>> parts = parts();
        if (parts.size() > 1) {
            findings.add(split(parts));
        }
        parts.forEach(this::brokenPaths);
        return findings;
    }

    private void withoutOwnView(String member) {
        List<String> hearers = views.hearersOf(member);
        Optional<EndpointReply> silence = views.silenceOf(member);
        if (silence.filter(EndpointReply::hangs).isPresent()) {
            findings.add(hanging(member, hearers, silence.get()));
            return;
        }
        String here = silence.map(failed -> "it does not answer at " + failed.endpoint() + " (" + failed.why() + ")")
                .orElse("its own view is missing, since its HTTP address is not known");
        if (hearers.isEmpty()) {
            findings.add(Diagnosis.problem(
                    subject(member),
                    "it is down, or cut off from all: no node hears it, and " + here + reason(member),
                    "see whether its process runs, and its log; start it again"));
        } else if (silence.isPresent()) {
            findings.add(Diagnosis.warning(
                    subject(member),
                    here + ", but " + and(hearers) + " " + verb(hearers, "hears", "hear") + " it",
                    "look at the way from here to that address; the node itself runs"));
        }
    }

    /** Its system takes connections for it, so neither the machine nor the way to it is at fault. */
    private static Diagnosis hanging(String member, List<String> hearers, EndpointReply silence) {
        String here = "it takes connections at " + silence.endpoint() + " and answers nothing";
        return hearers.isEmpty()
                ? Diagnosis.problem(
                        subject(member),
                        "it hangs: " + here + ", and no node hears it",
                        "its process is there and does not run. If it is stopped ('ps' says T), 'kill -CONT' or"
                                + " 'quorate cluster resume' continues it. Otherwise see whether its machine swaps or its"
                                + " disk is stuck; kill it, and start it again")
                : Diagnosis.warning(
                        subject(member),
                        here + " in time, but " + and(hearers) + " " + verb(hearers, "hears", "hear") + " it",
                        "it is overloaded with requests, or something between here and it takes connections in its"
                                + " name: look at its load and its log");
    }

    private static String subject(String member) {
        return "node " + member;
    }

    private String reason(String member) {
        return views.views().stream()
                .map(view -> view.entry(member).path("trouble").asText())
                .filter(trouble -> !trouble.isEmpty())
                .findFirst()
                .map(trouble -> ". The others say: " + trouble)
                .orElse("");
    }

    /** The nodes that answered, in groups within which each is reached by the others, perhaps over others. */
    private List<List<String>> parts() {
        List<List<String>> parts = new ArrayList<>();
        TreeSet<String> left = new TreeSet<>(views.answered());
        while (!left.isEmpty()) {
            TreeSet<String> part = new TreeSet<>();
            Deque<String> next = new ArrayDeque<>(List.of(left.first()));
            while (!next.isEmpty()) {
                String one = next.remove();
                if (part.add(one)) {
                    left.remove(one);
                    left.stream().filter(other -> isJoined(one, other)).forEach(next::add);
                }
            }
            parts.add(List.copyOf(part));
        }
        return parts;
    }

    private boolean isJoined(String one, String other) {
        return views.hears(one, other) || views.hears(other, one) || views.isRefusedBetween(one, other);
    }

    private static Diagnosis split(List<List<String>> parts) {
        return Diagnosis.problem(
                "network",
                "it is split: nothing gets through between "
                        + and(parts.stream()
                                .map(Words::and)
                                .map(part -> "[" + part + "]")
                                .toList()),
                PATHS);
    }

    private void brokenPaths(List<String> part) {
        for (int i = 0; i < part.size(); i++) {
            for (String other : part.subList(i + 1, part.size())) {
                path(part.get(i), other, part);
            }
        }
    }

    private void path(String one, String other, List<String> part) {
        if (views.isRefusedBetween(one, other)) {
            return; // the refusal is reported
        }
        boolean there = views.hears(one, other);
        boolean back = views.hears(other, one);
        if (!there && !back) {
            List<String> both = part.stream()
                    .filter(third -> !third.equals(one) && !third.equals(other))
                    .filter(third -> views.hearEachOther(one, third) && views.hearEachOther(other, third))
                    .toList();
            String witnesses = both.isEmpty() ? "" : ", though both hear " + and(both);
            findings.add(Diagnosis.warning(
                    "network",
                    one + " and " + other + " do not hear each other" + witnesses + ": the path between them is cut",
                    PATHS));
        } else if (there != back) {
            String deaf = there ? other : one;
            String heard = there ? one : other;
            findings.add(Diagnosis.warning(
                    "network",
                    deaf + " does not hear " + heard + ", though " + heard + " hears " + deaf
                            + ": the path works in one direction only",
                    PATHS));
        }
    }
}
