package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Version;

/** Bases of conditional writes on absent keys. */
final class Floors {
    private Floors() {}

    /** The version that a client is shown of a register with this one: of an absent key with a floor, none. */
    static Version shown(Version base) {
        boolean isFloor = base.session() == ~0L && base.counter() == 0 && base.step() == 0;
        return isFloor ? Version.ZERO : base;
    }
}
