package io.quorate.deploy.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** What ships without the client: no simulation runs it, so it asks the machine for the time and for chance. */
public final class ServerClasses implements ImportOption {
    private final ProductionClasses production = new ProductionClasses();

    @Override
    public boolean includes(Location location) {
        return production.includes(location) && !location.contains("io/quorate/client/");
    }
}
