package io.quorate.coordinator.replica.tcp;

import io.vertx.core.Future;
import java.util.List;

/**
 * Finds the addresses of a host. Each dial asks again, so a replica whose address changes is found without a restart.
 */
public interface HostLookup {
    /**
     * @param host a name, or a literal address
     * @return at least one literal address, the best one first. It fails if the host is unknown
     */
    Future<List<String>> addressesOf(String host);
}
