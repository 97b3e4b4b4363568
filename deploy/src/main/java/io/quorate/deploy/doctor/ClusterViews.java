package io.quorate.deploy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.client.EndpointReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What all processes of one cluster say of it, side by side. One view alone cannot tell a node that is down from a
 * network that is cut.
 *
 * @param views of the processes that answered
 * @param silent endpoints without an answer
 */
record ClusterViews(List<MemberView> views, List<EndpointReply> silent) {
    /** The ids that any view lists. */
    TreeSet<String> members() {
        TreeSet<String> all = new TreeSet<>();
        views.forEach(view -> all.addAll(view.members()));
        return all;
    }

    /** The view of this member itself, if it answered. */
    Optional<MemberView> ownView(String member) {
        return views.stream().filter(view -> view.of().equals(member)).findFirst();
    }

    /** The members that answered for themselves. */
    List<String> answered() {
        return members().stream().filter(member -> ownView(member).isPresent()).toList();
    }

    /** The views of the others. */
    List<MemberView> viewsOfOthers(String member) {
        return views.stream().filter(view -> !view.of().equals(member)).toList();
    }

    /** The others whom its messages reach. */
    List<String> hearersOf(String member) {
        return viewsOfOthers(member).stream()
                .filter(view -> view.hears(member))
                .map(MemberView::of)
                .toList();
    }

    /** Whether one hears the other. Only for members that answered. */
    boolean hears(String one, String other) {
        return ownView(one).orElseThrow().hears(other);
    }

    boolean hearEachOther(String one, String other) {
        return hears(one, other) && hears(other, one);
    }

    /** Whether one keeps the other out, so that their silence says nothing about the network. */
    boolean isRefusedBetween(String one, String other) {
        return ownView(one).orElseThrow().refuses(other)
                || ownView(other).orElseThrow().refuses(one);
    }

    boolean isRefusedByAny(String member) {
        return views.stream().anyMatch(view -> view.refuses(member));
    }

    /** Why an endpoint did not answer that is this member's, as the views say. */
    Optional<EndpointReply> silenceOf(String member) {
        return silent.stream()
                .filter(failed -> addresses(member).stream().anyMatch(failed.endpoint()::leadsTo))
                .findFirst();
    }

    private List<Endpoint> addresses(String member) {
        return views.stream()
                .map(view -> view.entry(member).path("http").asText())
                .filter(address -> !address.isEmpty())
                .distinct()
                .map(Endpoint::parse)
                .toList();
    }

    /** What is known best of a member: what it says of itself, or else what the one says who hears it. */
    JsonNode bestEntry(String member) {
        List<MemberView> byKnowledge = new ArrayList<>(views);
        byKnowledge.sort(Comparator.comparing((MemberView view) -> !view.of().equals(member))
                .thenComparing(view -> !view.hears(member)));
        return byKnowledge.get(0).entry(member);
    }
}
