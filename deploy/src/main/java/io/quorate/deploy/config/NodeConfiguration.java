package io.quorate.deploy.config;

import io.quorate.common.model.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of {@code quorate node}. They are the options of a coordinator, because every node is one, and those of
 * its replica.
 *
 * @param coordinator the options that a node shares with {@code quorate coordinator}
 * @param dataDirectory the folder of the replica's files. A relative path starts at the folder of the configuration
 *     file. No default
 * @param peerHost the address to listen on for the other processes of the cluster. Default 127.0.0.1
 * @param peerPort the port to listen on for these processes. It is the same as in this node's entry of {@code members}.
 *     Default 7101
 * @param memtableBytes the size at which a memtable, which has new records in memory, is written to a sorted file, a
 *     table. Too low makes many small tables and much compaction. Too high makes recovery long. Four memtables must fit
 *     into 7/8 of the memory outside the heap, each with one value more. Default 32 MiB
 * @param blockCacheMib the memory for blocks of tables, in MiB of the heap. Too low makes reads wait for the disk, or
 *     for decompression. Too high takes the heap from requests. Together with {@code requestMemoryMib} it may be 5/8 of
 *     the heap, since filters take a quarter. 0 derives it from the heap: an eighth. Default 0
 * @param ballastBytes the size of a file that keeps disk space back. It is deleted when the disk is full, so that reads
 *     and deletes can go on. Too low, and deletes soon find no space either. Too high only wastes space. It is never
 *     more than a 32nd of the file system. Default 64 MiB
 * @param checkpointsMax how many checkpoints this node keeps beside its store. Each keeps tables on the disk that
 *     merges have replaced, up to the size of the store. Too low refuses a backup before the last one is copied and
 *     deleted. Too high fills the disk. 0 allows none. Default 4
 * @param handoff how it helps replicas that were away
 * @param verification how fast the node compares its data with the other nodes
 * @param faultsFile the file through which faults are injected into this node. A relative path starts at the folder of
 *     the configuration file. It is only for a cluster whose addresses are all loopback addresses. Default none: then
 *     no fault can be injected
 */
public record NodeConfiguration(
        CoordinatorConfiguration coordinator,
        Path dataDirectory,
        String peerHost,
        int peerPort,
        int memtableBytes,
        int blockCacheMib,
        int ballastBytes,
        int checkpointsMax,
        HandoffOptions handoff,
        VerificationOptions verification,
        Optional<Path> faultsFile) {

    private static final int MIB = 1 << 20;

    /**
     * Reads the file of a node that this process does not run.
     *
     * @throws ConfigurationException with everything that is wrong in it
     */
    public static NodeConfiguration read(Path file, Map<String, String> environment) throws ConfigurationException {
        return read(file, environment, ProcessMemory.ENDLESS);
    }

    /**
     * Reads the file of a node.
     *
     * @param memory of the process that runs the node
     * @throws ConfigurationException with everything that is wrong in it
     */
    public static NodeConfiguration read(Path file, Map<String, String> environment, ProcessMemory memory)
            throws ConfigurationException {
        Options options = new Options(ConfigurationFile.read(file), environment);
        Path dataDirectory =
                file.toAbsolutePath().resolveSibling(options.requiredText("dataDirectory", "the path of a folder"));
        NodeConfiguration configuration = new NodeConfiguration(
                CoordinatorConfiguration.take(options, file, dataDirectory),
                dataDirectory,
                options.host("peerHost", "127.0.0.1"),
                options.integer("peerPort", 1, Options.PORT_MAX, 7101),
                options.integer("memtableBytes", MIB, 1024 * MIB, 32 * MIB),
                options.integer("blockCacheMib", 0, 1 << 20, 0),
                options.integer("ballastBytes", 0, 1024 * MIB, 64 * MIB),
                options.integer("checkpointsMax", 0, 1000, 4),
                HandoffOptions.take(options),
                VerificationOptions.take(options),
                options.optionalText("faultsFile").map(file.toAbsolutePath()::resolveSibling));
        configuration.check(options);
        configuration.checkMemory(memory, options);
        options.refuseUnknown();
        if (!options.problems().isEmpty()) {
            throw new ConfigurationException(file.toString(), options.problems());
        }
        return configuration;
    }

    /** The memory for blocks of tables. */
    public long blockCacheBytes() {
        return blockCacheBytes(ProcessMemory.ofThisProcess());
    }

    long blockCacheBytes(ProcessMemory memory) {
        return blockCacheMib == 0 ? memory.heapBytes() / 8 : (long) blockCacheMib * MIB;
    }

    /** The memory for versions of registers without their records. */
    public long versionCacheBytes() {
        return ProcessMemory.ofThisProcess().versionCacheBytes();
    }

    /** The memory for filters of tables. */
    public long filterBytesMax() {
        return ProcessMemory.ofThisProcess().filterBytesMax();
    }

    public NodeId nodeId() {
        return coordinator.nodeId();
    }

    public List<Member> members() {
        return coordinator.members();
    }

    private void check(Options options) {
        coordinator.checkReach(options, "peerHost", peerHost);
        if (options.sound("httpPort", "peerPort") && coordinator.httpPort() == peerPort) {
            options.problem("peerPort", peerPort + " is httpPort too", "choose two different ports");
        }
        if (options.sound("memtableBytes", "valueBytesMax")
                && memtableBytes < coordinator.requests().valueBytesMax()) {
            options.problem(
                    "memtableBytes",
                    memtableBytes + " is less than the longest value",
                    "allowed: at least valueBytesMax, which is "
                            + coordinator.requests().valueBytesMax());
        }
        verification.check(options, coordinator.requests().requestTimeoutMsMax());
        if (options.sound("nodeId", "members", "peerPort")) {
            checkItIsAMember(options);
        }
        if (faultsFile.isPresent()) {
            checkItIsLocal(options);
        }
    }

    private void checkMemory(ProcessMemory memory, Options options) {
        MemoryCheck check = new MemoryCheck(memory, options);
        check.checkMemtables(memtableBytes, coordinator.requests().valueBytesMax());
        check.checkHeap(
                blockCacheMib == 0 ? "requestMemoryMib" : "blockCacheMib",
                blockCacheBytes(memory),
                coordinator.requests().memoryBytes(memory.heapBytes()));
    }

    /** Only programs of this machine may inject faults, so no address may be reachable from elsewhere. */
    private void checkItIsLocal(Options options) {
        Stream.concat(
                        Stream.of(coordinator.httpHost(), peerHost),
                        members().stream().map(Member::host))
                .filter(host -> !Loopback.contains(host))
                .distinct()
                .forEach(host -> options.problem(
                        "faultsFile",
                        "faults are for local clusters only, and " + host + " is not this machine's loopback",
                        "leave the option out, or give httpHost, peerHost and every member a loopback address"));
    }

    private void checkItIsAMember(Options options) {
        members().stream()
                .filter(member -> member.id().equals(nodeId()))
                .findFirst()
                .ifPresentOrElse(self -> checkOwnPort(self, options), () -> notAMember(options));
    }

    private void checkOwnPort(Member self, Options options) {
        if (self.port() != peerPort) {
            options.problem(
                    "peerPort",
                    peerPort + ", but in members " + nodeId() + " has port " + self.port(),
                    "give both the same port");
        }
    }

    private void notAMember(Options options) {
        options.problem(
                "members",
                "this node, " + nodeId() + ", is not among them",
                "list every replica, this one too, with its own peerPort " + peerPort);
    }
}
