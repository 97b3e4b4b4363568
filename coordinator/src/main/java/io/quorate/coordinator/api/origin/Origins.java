package io.quorate.coordinator.api.origin;

import io.quorate.coordinator.api.http.HttpAddress;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The origins of the members: their pages may use this process, and a page from here may use theirs. */
public final class Origins {
    private static final List<String> LOOPBACK_NAMES = List.of("localhost", "127.0.0.1", "::1");

    /** An address, or this machine: no name server can turn such a host into another one. */
    private static final Pattern LITERAL_HOST = Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]+)?");

    private final Set<String> allowed = new HashSet<>();
    private final String contentSecurityPolicy;

    public Origins(Collection<HttpAddress> members) {
        members.forEach(this::allow);
        this.contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " font-src 'self'; connect-src 'self'" + sources(members)
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private void allow(HttpAddress member) {
        allowed.add(member.origin());
        if (member.isLoopback()) {
            LOOPBACK_NAMES.forEach(name -> allowed.add(new HttpAddress(name, member.port()).origin()));
        }
    }

    /** A policy cannot name an IPv6 address. Only the page that such a member served itself reaches it. */
    private static String sources(Collection<HttpAddress> members) {
        Set<String> origins = new LinkedHashSet<>();
        members.stream()
                .map(HttpAddress::origin)
                .filter(origin -> !origin.contains("["))
                .forEach(origins::add);
        return origins.isEmpty() ? "" : " " + String.join(" ", origins);
    }

    boolean contain(String origin) {
        return allowed.contains(origin);
    }

    /**
     * Whether a page of this very host sent the request, as its user sees the host: through a forwarded port, say. Only
     * an address proves that. The owner of a name can make it point here.
     */
    static boolean isSameHost(HttpServerRequest request, String origin) {
        String host = request.getHeader("Host");
        return host != null
                && origin.equals("http://" + host)
                && LITERAL_HOST.matcher(host).matches();
    }

    /** Sorted, for messages. */
    List<String> names() {
        return allowed.stream().sorted().toList();
    }

    public String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }
}
