package io.quorate.deploy.process;

import io.quorate.common.link.Links;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.api.route.HttpEndpoint;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.fault.FaultSwitch;
import io.quorate.deploy.local.fault.FaultsEndpoint;
import io.quorate.deploy.local.fault.NoFaultsEndpoint;
import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.node.lsm.disk.Disk;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The faults of a process. Only a node with the option {@code faultsFile} has any. All others have the plain parts. */
final class FaultInjection {
    static final FaultInjection NONE = new FaultInjection(Optional.empty());

    private final Optional<OpenFile> open;

    private record OpenFile(Path file, FaultSwitch faults) {}

    private FaultInjection(Optional<OpenFile> open) {
        this.open = open;
    }

    static FaultInjection open(NodeConfiguration configuration) throws StartException {
        if (configuration.faultsFile().isEmpty()) {
            return NONE;
        }
        Path file = configuration.faultsFile().get();
        try {
            return new FaultInjection(Optional.of(new OpenFile(file, FaultSwitch.open(file))));
        } catch (IOException e) {
            throw new StartException("faultsFile: " + e.getMessage(), e);
        }
    }

    /** The machine's clock, which a fault can set off. */
    Clock clock() {
        return open.map(each -> each.faults().skewedClock(SystemClock.INSTANCE)).orElse(SystemClock.INSTANCE);
    }

    /** The directory of the data, whose forces a fault can slow. */
    Disk disk(Disk machine) {
        return open.map(each -> each.faults().slowDisk(machine)).orElse(machine);
    }

    /** The connections to peers, which a fault can cut or slow. */
    Links links() {
        return open.map(each -> each.faults().links()).orElse(Links.PLAIN);
    }

    /** {@code /v1/faults}. From now on the process follows its file of faults. */
    HttpEndpoint endpoint(NodeId self, Vertx vertx) throws StartException {
        if (open.isEmpty()) {
            return NoFaultsEndpoint.INSTANCE;
        }
        try {
            FaultsEndpoint endpoint = FaultsEndpoint.open(self, open.get().file(), vertx);
            open.get().faults().watch(vertx);
            return endpoint;
        } catch (IOException | LocalClusterException e) {
            throw new StartException(e.getMessage(), e);
        }
    }
}
