package io.quorate.deploy.bench;

import io.quorate.deploy.bench.closed.Workload;
import io.quorate.deploy.bench.request.HttpProtocol;
import io.quorate.deploy.bench.request.KeyChoice;
import io.quorate.deploy.bench.request.SharedHead;
import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import io.quorate.deploy.terminal.OptionRange;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code quorate bench} that describe the load. */
final class WorkloadOptions {
    /** The workloads that are compared most: half reads, all writes, all reads. */
    enum Mix {
        A(0.5),
        W(0.0),
        C(1.0);

        private final double readRatio;

        Mix(double readRatio) {
            this.readRatio = readRatio;
        }
    }

    private static final long KEYS_MAX = 1_000_000_000_000L;
    private static final int CLIENTS_MAX = 10_000;
    private static final int VALUE_BYTES_MAX = 64 << 20;

    @Option(
            names = "--mix",
            paramLabel = "A|W|C",
            defaultValue = "A",
            description = "A: half reads, W: all writes, C: all reads")
    private Mix mix;

    @Option(names = "--read-ratio", paramLabel = "0..1", description = "share of reads, instead of a mix")
    private Double readRatio;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "100000", description = "how many keys there are")
    private long keys;

    @Option(
            names = "--distribution",
            paramLabel = "NAME",
            defaultValue = "UNIFORM",
            description = "uniform, or zipfian: YCSB's scrambled zipfian with 0.99")
    private KeyChoice distribution;

    @Option(
            names = "--value-bytes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "length of the values written")
    private int valueBytes;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "32", description = "requests in flight")
    private int clients;

    @Option(names = "--consistency", paramLabel = "LEVEL", description = "linearizable, quorum, one or all")
    private String consistency;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "the same seed chooses the same keys")
    private long seed;

    /** @throws ParameterException of {@code command} if an option is out of its range */
    Workload workload(List<Endpoint> endpoints, ClientToken token, CommandSpec command) {
        double ratio = readRatio == null ? mix.readRatio : readRatio;
        OptionRange range = new OptionRange(command);
        range.require("--read-ratio", ratio, ratio >= 0 && ratio <= 1, "0 to 1");
        range.require("--keys", keys, keys >= 1 && keys <= KEYS_MAX, "1 to 10^12");
        range.require("--clients", clients, 1, CLIENTS_MAX);
        boolean fits = valueBytes >= 0 && valueBytes <= VALUE_BYTES_MAX;
        range.require("--value-bytes", valueBytes, fits, "0 to 64 MiB");
        HttpProtocol protocol = new HttpProtocol(head(endpoints, token));
        return new Workload(endpoints, clients, ratio, keys, distribution, valueBytes, protocol, seed);
    }

    /** The part that all requests share. */
    SharedHead head(List<Endpoint> endpoints, ClientToken token) {
        return SharedHead.of(consistency == null ? "" : "?consistency=" + consistency, token, endpoints);
    }
}
