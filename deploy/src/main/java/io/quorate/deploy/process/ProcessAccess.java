package io.quorate.deploy.process;

import io.quorate.common.model.ClusterId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.deploy.access.AccessFile;
import io.quorate.deploy.access.AccessFileException;
import io.quorate.deploy.access.AccessWatch;
import io.quorate.deploy.audit.AuditLog;
import io.quorate.deploy.config.AuditOptions;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.metrics.Metrics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may do what at a process, by its access file or without one. For any thread. */
final class ProcessAccess {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessAccess.class);

    private final Optional<AccessWatch> watch;
    private final Optional<AuditLog> audit;
    private final AccessControl control;

    private ProcessAccess(Optional<AccessWatch> watch, Optional<AuditLog> audit) {
        this.watch = watch;
        this.audit = audit;
        this.control = watch.map(AccessWatch::control).orElseGet(AccessControl::none);
    }

    /**
     * @param trust judges the certificates of clients
     * @throws StartException if the access file is missing or wrong
     */
    static ProcessAccess open(CoordinatorConfiguration configuration, CertificateTrust trust) throws StartException {
        Optional<AccessFile> file = configuration.access().file();
        if (file.isEmpty()) {
            return new ProcessAccess(Optional.empty(), Optional.empty());
        }
        ClusterId cluster = configuration.clusterId();
        try {
            Optional<AuditLog> audit = audit(configuration);
            AccessAudit receiver = audit.<AccessAudit>map(log -> log).orElse(AccessAudit.NONE);
            return new ProcessAccess(Optional.of(AccessWatch.start(file.get(), cluster, receiver, trust)), audit);
        } catch (AccessFileException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    private static Optional<AuditLog> audit(CoordinatorConfiguration configuration) {
        AuditOptions options = configuration.audit();
        if (options.auditFile().isEmpty()) {
            LOG.warn("auditFile: none. Nobody will know who was refused, logged in, or operated this process");
        }
        return options.auditFile()
                .map(path -> new AuditLog(
                        path,
                        options.fileBytes(),
                        options.auditFilesKept(),
                        options.auditWrites(),
                        configuration.nodeId(),
                        SystemClock.INSTANCE));
    }

    /**
     * From now on the lines of the audit are written. A node has its data directory by then, and thus the folder of the
     * audit.
     *
     * @throws StartException if they cannot be
     */
    void startAudit() throws StartException {
        if (audit.isPresent()) {
            try {
                audit.get().start(ProcessAccess::runOnThread);
            } catch (IOException e) {
                throw new StartException(
                        "cannot write the audit: " + e + "; name a file that this user may write (option auditFile), or"
                                + " write 'auditFile: none'",
                        e);
            }
        }
    }

    private static void runOnThread(Runnable writer) {
        Thread thread = new Thread(writer, "audit");
        thread.setDaemon(true);
        thread.start();
    }

    /** Writes the last lines of the audit, and waits for that for a limited time. */
    void close() {
        audit.ifPresent(AuditLog::close);
    }

    /** New rules come into use without a restart, until {@code vertx} closes. */
    void watchFile(Vertx vertx) {
        watch.ifPresent(each -> WatchedFiles.look(vertx, each::look));
    }

    AccessControl control() {
        return control;
    }

    /** A digest of the rules in use. Empty if everybody may do everything. */
    Optional<String> rulesDigest() {
        return watch.map(AccessWatch::digest);
    }

    void bindMetrics(Metrics metrics) {
        metrics.watch(control, () -> watch.filter(AccessWatch::isRejected).isPresent());
        metrics.watchAudit(() -> audit.map(AuditLog::dropped).orElse(0L));
    }
}
