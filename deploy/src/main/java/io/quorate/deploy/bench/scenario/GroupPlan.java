package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.bench.load.LoadGroup;
import io.quorate.deploy.bench.load.Pace;
import io.quorate.deploy.bench.load.Patience;
import io.quorate.deploy.bench.load.RequestPlan;
import io.quorate.deploy.client.Endpoint;
import java.util.List;
import java.util.function.Function;

/**
 * A group of clients in one phase.
 *
 * @param paceAt its pace, given the rate in requests a second
 * @param rate the rate of an open loop. A closed loop ignores it
 * @param nodes the numbers of the nodes that it connects to, from 1, or empty for all
 */
record GroupPlan(
        String name,
        RequestPlan requests,
        Function<Double, Pace> paceAt,
        Bound rate,
        Patience patience,
        List<String> origins,
        List<Integer> nodes) {
    /** @param goodputOf the goodput of this group in an earlier phase */
    LoadGroup at(List<Endpoint> cluster, Function<String, Double> goodputOf) {
        List<Endpoint> chosen = nodes.isEmpty()
                ? cluster
                : nodes.stream().map(number -> cluster.get(number - 1)).toList();
        Pace pace = paceAt.apply(rate.value(goodputOf));
        return new LoadGroup(name, requests, pace, patience, origins, chosen);
    }
}
