package io.quorate.coordinator.api.origin;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names by which clients may call this process. The owner of any other name can make it point here: then a page of
 * that name has this process as its own origin, and could read all of it ("DNS rebinding"). An address needs no entry,
 * since no name server stands between it and this process. Immutable.
 */
public final class HostNames {
    private static final String THIS_MACHINE = "localhost";

    private final Set<String> names;

    /** @param names {@code *.} in front of a name stands for one further label */
    public HostNames(Collection<String> names) {
        this.names = Stream.concat(Stream.of(THIS_MACHINE), names.stream().map(HostNames::plain))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param authority a host as {@code Host} has it, with or without a port */
    public boolean allow(String authority) {
        if (authority.startsWith("[")) {
            return isAddressInBrackets(authority);
        }
        String host = plain(withoutPort(authority));
        return NetUtil.isValidIpV4Address(host) || names.contains(host) || names.contains(anyLabel(host));
    }

    private static boolean isAddressInBrackets(String authority) {
        int end = authority.indexOf(']');
        boolean isWhole = end == authority.length() - 1 || authority.startsWith(":", end + 1);
        return end > 0 && isWhole && NetUtil.isValidIpV6Address(authority.substring(1, end));
    }

    private static String withoutPort(String authority) {
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** Names have no case, and the dot that may end a whole one means nothing. */
    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** {@code *.b.c} for {@code a.b.c}. */
    private static String anyLabel(String host) {
        int dot = host.indexOf('.');
        return dot < 1 ? "" : "*" + host.substring(dot);
    }
}
