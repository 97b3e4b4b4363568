package io.quorate.node.server;

import io.quorate.common.link.TroubleLog;
import java.util.List;

/** Keeps the lines of a log of troubles, warnings and others alike, in their order. */
public record RecordedTroubles(List<String> lines) implements TroubleLog.TroubleLines {
    @Override
    public void warn(String line) {
        lines.add(line);
    }

    @Override
    public void info(String line) {
        lines.add(line);
    }
}
