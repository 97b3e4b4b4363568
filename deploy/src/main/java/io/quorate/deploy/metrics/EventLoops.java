package io.quorate.deploy.metrics;

import io.vertx.core.Future;
import java.util.List;

/** The event loops of a process that coordinate requests. */
public interface EventLoops {
    /** The figures of each event loop. One that does not answer in time is left out. */
    Future<List<LoopFigures>> figures();
}
