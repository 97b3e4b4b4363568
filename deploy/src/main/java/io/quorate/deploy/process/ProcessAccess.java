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

/** Who may do what at a process, by its access file or without one. For any thread. */
final class ProcessAccess {
    private static final long LAST_LINES_MS = 2_000;

    private final Optional<AccessWatch> watch;
    private final Optional<AuditLog> audit;
    private final Optional<Thread> writer;
    private final AccessControl control;

    private ProcessAccess(Optional<AccessWatch> watch, Optional<AuditLog> audit) {
        this.watch = watch;
        this.audit = audit;
        this.writer = audit.map(ProcessAccess::startWriter);
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

    private static Optional<AuditLog> audit(CoordinatorConfiguration configuration) throws StartException {
        AuditOptions options = configuration.audit();
        if (options.auditFile().isEmpty()) {
            return Optional.empty();
        }
        AuditLog log = new AuditLog(
                options.auditFile().get(),
                options.fileBytes(),
                options.auditFilesKept(),
                options.auditWrites(),
                configuration.nodeId(),
                SystemClock.INSTANCE);
        try {
            log.open();
            return Optional.of(log);
        } catch (IOException e) {
            throw new StartException("cannot write to auditFile: " + e, e);
        }
    }

    private static Thread startWriter(AuditLog log) {
        Thread thread = new Thread(log::write, "audit");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Writes the last lines of the audit, and waits for that for a limited time. */
    void close() {
        audit.ifPresent(AuditLog::close);
        writer.ifPresent(thread -> {
            try {
                thread.join(LAST_LINES_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** New rules come into use without a restart, until {@code vertx} closes. */
    void watchFile(Vertx vertx) {
        watch.ifPresent(each -> WatchedFiles.look(vertx, each::look));
    }

    AccessControl control() {
        return control;
    }

    void bindMetrics(Metrics metrics) {
        metrics.watch(control, () -> watch.filter(AccessWatch::isRejected).isPresent());
        metrics.watchAudit(() -> audit.map(AuditLog::dropped).orElse(0L));
    }
}
