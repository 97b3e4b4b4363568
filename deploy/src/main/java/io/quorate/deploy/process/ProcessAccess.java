package io.quorate.deploy.process;

import io.quorate.common.model.ClusterId;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.deploy.access.AccessFile;
import io.quorate.deploy.access.AccessFileException;
import io.quorate.deploy.access.AccessWatch;
import io.quorate.deploy.config.CoordinatorConfiguration;
import io.quorate.deploy.metrics.Metrics;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Who may do what at a process, by its access file or without one. For any thread. */
final class ProcessAccess {
    private final Optional<AccessWatch> watch;
    private final AccessControl control;

    private ProcessAccess(Optional<AccessWatch> watch) {
        this.watch = watch;
        this.control = watch.map(AccessWatch::control).orElseGet(AccessControl::none);
    }

    /** @throws StartException if the access file is missing or wrong */
    static ProcessAccess open(CoordinatorConfiguration configuration) throws StartException {
        Optional<AccessFile> file = configuration.access().file();
        if (file.isEmpty()) {
            return new ProcessAccess(Optional.empty());
        }
        ClusterId cluster = configuration.clusterId();
        try {
            return new ProcessAccess(Optional.of(AccessWatch.start(file.get(), cluster, AccessAudit.NONE)));
        } catch (AccessFileException e) {
            throw new StartException(e.getMessage(), e);
        }
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
    }
}
