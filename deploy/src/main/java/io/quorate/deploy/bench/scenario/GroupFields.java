package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.bench.load.ClosedPace;
import io.quorate.deploy.bench.load.HeldPace;
import io.quorate.deploy.bench.load.OpenPace;
import io.quorate.deploy.bench.load.Pace;
import io.quorate.deploy.bench.load.Patience;
import io.quorate.deploy.bench.load.RequestPlan;
import io.quorate.deploy.bench.load.RequestShape;
import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.SharedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a group of clients from its fields. */
final class GroupFields {
    private static final int CLIENTS_MAX = 50_000;
    private static final int CONNECTIONS = 6_000;
    private static final int VALUE_BYTES_MAX = 64 << 20;
    private static final long PATIENCE_MS = 10_000;

    /** What a client does with the connection when its patience ends. */
    private enum GivesUpBy {
        CLOSING,
        LEAVING
    }

    private GroupFields() {}

    static GroupPlan group(String name, Fields fields) throws ScenarioException {
        RequestPlan requests = requests(fields);
        boolean isOpen = fields.has("rate");
        if (isOpen == fields.has("clients")) {
            throw new ScenarioException(fields.place() + " needs either a rate or a number of clients");
        }
        GroupPlan group = new GroupPlan(
                name,
                requests,
                isOpen ? open(fields) : ofClients(fields, requests),
                isOpen ? fields.bound("rate") : new Bound(0, Optional.empty()),
                patience(fields),
                origins(fields),
                fields.texts("nodes").stream().map(Integer::valueOf).toList());
        fields.requireNoOthers();
        return group;
    }

    private static Patience patience(Fields fields) throws ScenarioException {
        long ms = Math.min(Patience.MS_MAX, fields.durationMs("patience", PATIENCE_MS));
        return new Patience(ms, fields.choice("givesUpBy", GivesUpBy.class, GivesUpBy.CLOSING) == GivesUpBy.CLOSING);
    }

    private static Function<Double, Pace> open(Fields fields) throws ScenarioException {
        OpenPace.Spacing spacing = fields.choice("spacing", OpenPace.Spacing.class, OpenPace.Spacing.POISSON);
        int connectionsMax = fields.whole("connections", CONNECTIONS, 1, CLIENTS_MAX);
        return perSecond -> new OpenPace(perSecond, spacing, connectionsMax);
    }

    private static Function<Double, Pace> ofClients(Fields fields, RequestPlan requests) throws ScenarioException {
        fields.has("connections"); // allowed, since another phase of the group may have a rate
        fields.has("spacing");
        int clients = fields.whole("clients", 1, 1, CLIENTS_MAX);
        Pace pace = requests.shape().isComplete() ? new ClosedPace(clients) : new HeldPace(clients);
        return anyRate -> pace;
    }

    static RequestPlan requests(Fields fields) throws ScenarioException {
        String consistency = fields.text("consistency", "");
        return new RequestPlan(
                fields.choice("requests", RequestShape.class, RequestShape.KEY_VALUE),
                fields.number("readRatio", 0.5, 0, 1),
                fields.whole("keys", 20_000, 1, Integer.MAX_VALUE),
                fields.choice("distribution", KeyChoice.class, KeyChoice.UNIFORM),
                fields.whole("valueBytes", 1_000, 0, VALUE_BYTES_MAX),
                fields.whole("operations", 32, 1, 1 << 16),
                new SharedHead(consistency.isEmpty() ? "" : "?consistency=" + consistency, Optional.empty()),
                fields.whole("seed", 1, 0, Integer.MAX_VALUE));
    }

    /** Consecutive addresses of this machine, all of which are loopback ones: 127.0.0.10, 127.0.0.11 ... */
    private static List<String> origins(Fields fields) throws ScenarioException {
        String first = fields.text("from", "127.0.0.1");
        int count = fields.whole("addresses", 1, 1, 200);
        if (!first.matches("127\\.0\\.0\\.\\d{1,2}")) {
            throw new ScenarioException(fields.place() + ": from is '" + first + "'; allowed: 127.0.0.1 to 127.0.0.99");
        }
        int last = Integer.parseInt(first.substring(first.lastIndexOf('.') + 1));
        List<String> origins = new ArrayList<>();
        for (int i = 0; i < Math.min(count, 250 - last); i++) {
            origins.add("127.0.0." + (last + i));
        }
        return origins;
    }
}
