package io.quorate.deploy.metrics;

import io.vertx.core.Future;
import java.util.List;

/** Those of a process that coordinate. */
public interface EventLoops {
    /** How each of them stands, as it says itself; those that do not answer soon are left out. */
    Future<List<LoopFigures>> figures();
}
