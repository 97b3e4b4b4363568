package io.quorate.deploy.store;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.node.checkpoint.NodeCheckpoint;
import io.quorate.node.checkpoint.RestoredNode;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.RealDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        description = "Makes a node's data directory from a checkpoint, for a cluster with another name.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the node can be started",
            "1:refused, or failed: no node starts in the new directory",
            "2:the command is wrong, nothing was tried",
            "4:standard output did not take all of the output"
        },
        footer = {
            "",
            "Restore every node of the new cluster, each from another old node's checkpoint, and name the checkpoints of "
                    + "the others by --with each time. Between two checkpoints all nodes may have forgotten a delete. Then "
                    + "the older one has the deleted value, and only the newer one tells that it is gone.",
            "",
            "Then start the nodes with the new "
                    + "clusterId and without --init. The new cluster has every write that was acknowledged before the first "
                    + "checkpoint began, and perhaps some of those until the last checkpoint ended. The old cluster's name is "
                    + "refused: there, the restored node would have forgotten writes that it acknowledged since.",
            "",
            "Examples:",
            "  quorate store restore --from n1 --with n2 --with n3 --to data --cluster new --node n1",
            "  quorate node --config conf/new-n1.yaml"
        })
final class RestoreCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "DIR", description = "the checkpoint; it stays as it is")
    private Path checkpoint;

    @ArgGroup(multiplicity = "1")
    private Others others;

    /** Nobody should forget them. */
    private static final class Others {
        @Option(names = "--with", paramLabel = "DIR", description = "the checkpoint of another node; once for each")
        private List<Path> with = List.of();

        @Option(names = "--alone", description = "there is no other checkpoint, or purgeQuietMs was 0 at all nodes")
        private boolean alone;
    }

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "where to; must not exist, or be empty")
    private Path target;

    @Option(names = "--cluster", required = true, paramLabel = "ID", description = "the new cluster's clusterId")
    private String cluster;

    @Option(names = "--node", required = true, paramLabel = "ID", description = "the node's nodeId in it")
    private String node;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ClusterId newCluster;
        NodeId newNode;
        try {
            newCluster = new ClusterId(cluster);
            newNode = new NodeId(node);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        RealDisk to = new RealDisk(target);
        try (DataDirectory source = DataDirectory.open(new RealDisk(checkpoint));
                DataDirectory directory = DataDirectory.create(to)) {
            List<Disk> with = others.with.stream().<Disk>map(RealDisk::new).toList();
            RestoredNode restored = NodeCheckpoint.restore(source.disk(), with, directory, newCluster, newNode);
            PrintWriter out = spec.commandLine().getOut();
            if (!restored.comparedWith().isEmpty()) {
                out.println("compared with the checkpoints of " + names(restored.comparedWith())
                        + ". Entries of deleted keys that they had forgotten: " + restored.forgotten());
            }
            out.println(
                    to.pathOf("") + " belongs to node " + restored.identity().node() + " of cluster "
                            + restored.identity().cluster() + " now");
        }
        return ExitCode.SUCCESS;
    }

    private static String names(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::name).collect(Collectors.joining(", "));
    }
}
