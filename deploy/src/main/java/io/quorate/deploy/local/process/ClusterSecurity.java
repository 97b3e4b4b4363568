package io.quorate.deploy.local.process;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.deploy.access.FirstAdministrator;
import io.quorate.deploy.certificate.CertificateAuthority;
import io.quorate.deploy.certificate.CertificateFolder;
import io.quorate.deploy.certificate.HostName;
import io.quorate.deploy.certificate.IssuedCertificate;
import io.quorate.deploy.certificate.Validity;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.FolderTree;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.terminal.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Makes the certificates, the access file and the administrator of a local cluster, before its first start. */
public final class ClusterSecurity {
    private static final ClusterId CLUSTER = new ClusterId(NodeFolder.CLUSTER);
    private static final NodeId ADMINISTRATOR = new NodeId("admin");
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final List<HostName> HOSTS =
            Stream.of("localhost", "127.0.0.1", "::1").map(HostName::parse).toList();

    private ClusterSecurity() {}

    /** Returns whether it made certificates. It makes none if the cluster is secured already. */
    public static boolean create(ClusterFolder cluster) throws LocalClusterException {
        if (cluster.isSecured()) {
            return false;
        }
        if (cluster.nodes().stream().anyMatch(NodeFolder::exists)) {
            throw LocalClusterException.failed(
                    "the cluster in " + cluster.home() + " was made without --secure, and its"
                            + " nodes keep their configuration: 'wipe' removes it, or name another folder with --home. Nothing"
                            + " was started");
        }
        // One day more than the certificates, because none of them may outlive it.
        IssuedCertificate own =
                CertificateAuthority.found(CLUSTER, Validity.from(SystemClock.INSTANCE, LIFETIME.plusDays(1)));
        CertificateAuthority authority = new CertificateAuthority(own.certificate(), own.key());
        CertificateFolder folder = new CertificateFolder(cluster.certificates());
        for (NodeId node : cluster.layout().nodes()) {
            CertifiedName name = new CertifiedName(CLUSTER, CertifiedRole.NODE, node);
            folder.write(node.name(), authority.issue(name, HOSTS, Validity.from(SystemClock.INSTANCE, LIFETIME)));
        }
        CertifiedName administrator = new CertifiedName(CLUSTER, CertifiedRole.CLIENT, ADMINISTRATOR);
        folder.write(
                ADMINISTRATOR.name(),
                authority.issue(administrator, List.of(), Validity.from(SystemClock.INSTANCE, LIFETIME)));
        createAdministrator(cluster);
        // The last one: with it the cluster counts as secured.
        folder.write(CertificateFolder.AUTHORITY, own);
        return true;
    }

    private static void createAdministrator(ClusterFolder cluster) throws LocalClusterException {
        try {
            Files.deleteIfExists(cluster.adminToken());
            PrivateFile.create(cluster.adminToken(), FirstAdministrator.write(cluster.access(), ADMINISTRATOR) + "\n");
        } catch (IOException e) {
            throw LocalClusterException.failed("cannot make the access file " + cluster.access() + ": " + e);
        }
    }

    /** Takes back what {@link #create} made, if no node was made with it. */
    public static void undo(ClusterFolder cluster) throws IOException {
        if (cluster.nodes().stream().noneMatch(NodeFolder::exists)) {
            FolderTree.delete(cluster.certificates());
            Files.deleteIfExists(cluster.access());
            Files.deleteIfExists(cluster.adminToken());
        }
    }
}
