package io.quorate.deploy.data.transfer;

import io.quorate.deploy.data.output.ScanItem;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.Interruption;
import io.quorate.deploy.terminal.ProgressBar;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** Writes the keys of a stream as lines, and behind the last one the end. */
final class ExportRun {
    private static final int PIECE_BYTES = 64 << 10;
    private static final double MIB = 1 << 20;

    private final OutputStream out;
    private final KeyRate rate = new KeyRate();
    private final long before;
    private long keys;
    private long bytes;

    /** @param keys how many lines the output has already */
    ExportRun(OutputStream out, long keys) {
        this.out = new BufferedOutputStream(out, PIECE_BYTES);
        this.before = keys;
        this.keys = keys;
    }

    /** @throws CommandFailure if there are more keys, which it does not get. Those before are written */
    void run(ExportStream stream, ProgressBar progress, Interruption interruption)
            throws IOException, InterruptedException {
        try {
            for (Optional<ScanItem> item = stream.next(); item.isPresent(); item = stream.next()) {
                byte[] line = item.get().json();
                out.write(line);
                keys++;
                bytes += line.length;
                progress.at(
                        keys, () -> String.format(Locale.ROOT, "%,.1f MiB  %s", bytes / MIB, rate.text(keys - before)));
                if (interruption.isSignalled()) {
                    throw CommandFailure.refused("the export was interrupted");
                }
            }
            out.write(new EndLine(keys).bytes());
        } finally {
            progress.clear();
            out.flush();
        }
    }

    /** How many lines with keys the output has. */
    long keys() {
        return keys;
    }
}
