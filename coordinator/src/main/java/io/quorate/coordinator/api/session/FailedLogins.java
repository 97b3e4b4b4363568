package io.quorate.coordinator.api.session;

import io.quorate.common.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Limits the failed logins of each address: ten at once, and one more every six seconds. Nobody can guess a token, so
 * this only keeps somebody from filling the audit, and a person from trying for ever. Safe for use by several threads.
 */
final class FailedLogins {
    private static final int AT_ONCE = 10;
    private static final long ONE_FORGOTTEN_AFTER_NS = TimeUnit.SECONDS.toNanos(6);
    private static final int ADDRESSES_MAX = 4_096;
    private static final int IPV6_NETWORK_GROUPS = 4;

    private final Clock clock;

    /** When all failures of an address are forgotten. The address that failed least recently is first. */
    private final Map<String, Long> forgottenAtNs = new LinkedHashMap<>();

    FailedLogins(Clock clock) {
        this.clock = clock;
    }

    /** After how many seconds this address may try again. 0 if it may now. */
    synchronized long waitS(String address) {
        Long forgottenNs = forgottenAtNs.get(networkOf(address));
        if (forgottenNs == null) {
            return 0;
        }
        long tooManyNs = forgottenNs - clock.monotonicNs() - (AT_ONCE - 1) * ONE_FORGOTTEN_AFTER_NS;
        return tooManyNs <= 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(tooManyNs - 1) + 1;
    }

    synchronized void add(String address) {
        long nowNs = clock.monotonicNs();
        Long before = forgottenAtNs.remove(networkOf(address));
        long startNs = before == null || before - nowNs < 0 ? nowNs : before;
        if (forgottenAtNs.size() == ADDRESSES_MAX) {
            forgetOldest();
        }
        forgottenAtNs.put(networkOf(address), startNs + ONE_FORGOTTEN_AFTER_NS);
    }

    private void forgetOldest() {
        Iterator<String> oldest = forgottenAtNs.keySet().iterator();
        oldest.next();
        oldest.remove();
    }

    synchronized int addresses() {
        return forgottenAtNs.size();
    }

    /** One user usually has all of an IPv6 network of 64 bits. An IPv4 address stands for itself. */
    private static String networkOf(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < 2 * IPV6_NETWORK_GROUPS
                ? address
                : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
