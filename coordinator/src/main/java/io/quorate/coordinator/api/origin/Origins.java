package io.quorate.coordinator.api.origin;

import io.quorate.coordinator.api.http.HttpAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The origins whose pages may use this process: those of the members, and others that an operator lists. A page from
 * here may use those of the members.
 */
public final class Origins {
    private static final List<String> LOOPBACK_NAMES = List.of("localhost", "127.0.0.1", "::1");

    private final Set<String> ofMembers = new HashSet<>();
    private final Set<String> others;
    private final String contentSecurityPolicy;

    /** Of members without TLS. */
    public Origins(Collection<HttpAddress> members) {
        this(members, "http");
    }

    /** @param scheme by which clients reach the members */
    public Origins(Collection<HttpAddress> members, String scheme) {
        this(members, scheme, List.of());
    }

    /** @param others exactly as browsers write them, such as {@code https://app.example.com} */
    public Origins(Collection<HttpAddress> members, String scheme, Collection<String> others) {
        this.others = Set.copyOf(others);
        members.forEach(member -> allow(member, scheme));
        this.contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " font-src 'self'; connect-src 'self'" + sources(members, scheme)
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private void allow(HttpAddress member, String scheme) {
        ofMembers.add(member.origin(scheme));
        if (member.isLoopback()) {
            LOOPBACK_NAMES.forEach(name -> ofMembers.add(new HttpAddress(name, member.port()).origin(scheme)));
        }
    }

    /** A policy cannot name an IPv6 address. Only the page that such a member served itself reaches it. */
    private static String sources(Collection<HttpAddress> members, String scheme) {
        Set<String> origins = new LinkedHashSet<>();
        members.stream()
                .map(member -> member.origin(scheme))
                .filter(origin -> !origin.contains("["))
                .forEach(origins::add);
        return origins.isEmpty() ? "" : " " + String.join(" ", origins);
    }

    boolean contain(String origin) {
        return isOfMember(origin) || others.contains(origin);
    }

    /** A page of a member is the console. It may come with the cookie of a session. */
    boolean isOfMember(String origin) {
        return ofMembers.contains(origin);
    }

    /** Sorted, for messages. */
    List<String> names() {
        return Stream.of(ofMembers, others)
                .flatMap(Set::stream)
                .sorted()
                .distinct()
                .toList();
    }

    public String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }
}
