package io.quorate.coordinator.api.route;

import java.util.List;

/** Something that a process answers beside the keys and values of its cluster, at paths of its own. */
public interface HttpEndpoint {
    List<Route> routes();
}
