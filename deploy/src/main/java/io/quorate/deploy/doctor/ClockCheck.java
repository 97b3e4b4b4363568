package io.quorate.deploy.doctor;

import static io.quorate.deploy.doctor.Words.and;
import static io.quorate.deploy.doctor.Words.verb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Whose clock is wrong. One view says only that two clocks differ; several say which one is off. */
final class ClockCheck {
    private static final long MS_GOOD = 250;
    private static final String REMEDY =
            "synchronize the clocks (chrony, ntpd). Values with a ttl expire early or late by this, and deletes are forgotten late";

    private final ClusterViews views;
    private final List<String> wrong = new ArrayList<>();
    private final List<Diagnosis> findings = new ArrayList<>();

    ClockCheck(ClusterViews views) {
        this.views = views;
    }

    List<Diagnosis> run() {
        List<String> members = List.copyOf(views.members());
        members.forEach(this::comparedWithTheOthers);
        for (int i = 0; i < members.size(); i++) {
            for (String other : members.subList(i + 1, members.size())) {
                if (!wrong.contains(members.get(i)) && !wrong.contains(other)) {
                    comparedWith(members.get(i), other);
                }
            }
        }
        return findings;
    }

    private void comparedWithTheOthers(String member) {
        List<MemberView> others = views.viewsOfOthers(member).stream()
                .filter(view -> view.skewMs(member).isPresent())
                .toList();
        List<MemberView> far = others.stream()
                .filter(view -> isFar(view.skewMs(member).orElseThrow()))
                .toList();
        // Two that differ from each other may both differ from a third one, which then is the wrong one.
        if (far.size() >= 2 && 2 * far.size() > others.size()) {
            wrong.add(member);
            List<String> witnesses = far.stream().map(MemberView::of).toList();
            findings.add(Diagnosis.warning(
                    "node " + member,
                    "its clock is " + offset(median(far, member)) + ", as " + and(witnesses) + " "
                            + verb(witnesses, "says", "say"),
                    REMEDY));
        }
    }

    private static long median(List<MemberView> of, String member) {
        long[] sorted = of.stream()
                .flatMapToLong(view -> view.skewMs(member).stream())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private void comparedWith(String one, String other) {
        OptionalLong ahead = skew(one, other);
        if (ahead.isPresent() && isFar(ahead.getAsLong())) {
            findings.add(Diagnosis.warning(
                    "clocks", one + " and " + other + " differ by " + Math.abs(ahead.getAsLong()) + " ms", REMEDY));
        }
    }

    /** As either of the two says. */
    private OptionalLong skew(String one, String other) {
        long[] said = LongStream.concat(
                        views.ownView(one).stream().flatMapToLong(view -> view.skewMs(other).stream()),
                        views.ownView(other).stream().flatMapToLong(view -> view.skewMs(one).stream()))
                .toArray();
        return Arrays.stream(said).findFirst();
    }

    private static boolean isFar(long skewMs) {
        return Math.abs(skewMs) > MS_GOOD;
    }

    private static String offset(long skewMs) {
        return Math.abs(skewMs) + " ms " + (skewMs > 0 ? "ahead" : "behind");
    }
}
