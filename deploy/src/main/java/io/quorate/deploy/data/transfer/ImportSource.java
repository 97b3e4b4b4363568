package io.quorate.deploy.data.transfer;

import io.quorate.deploy.client.FailureText;
import io.quorate.deploy.terminal.ProgressBar;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads the lines to import one after the other, and ends at the first that is wrong, unless the import goes on. */
final class ImportSource {
    private final NumberedLines lines;
    private final ImportTerms terms;
    private final ImportTally tally;
    private final EndCheck end;
    private final KeyRate rate = new KeyRate();
    private boolean isAtEnd;

    /** What happens with each line that has a key. */
    interface KeySink {
        /** @param length of the line */
        void take(long number, KeyLine line, int length);
    }

    ImportSource(InputStream in, ImportTerms terms, ImportTally tally) {
        this.lines = new NumberedLines(in);
        this.terms = terms;
        this.tally = tally;
        this.end = new EndCheck(terms.fromLine() == 1);
    }

    /** @param isStopped ends the reading early */
    void readTo(KeySink sink, ProgressBar progress, BooleanSupplier isStopped) {
        while (!isStopped.getAsBoolean() && !tally.isOver()) {
            Optional<byte[]> line;
            try {
                line = lines.next();
            } catch (IOException e) {
                tally.addFailure(lines.number() + 1, ImportOutcome.REFUSED, "cannot be read: " + FailureText.of(e));
                return;
            }
            if (line.isEmpty()) {
                isAtEnd = true;
                return;
            }
            if (lines.number() >= terms.fromLine()) {
                read(line.get(), sink);
            } else {
                end.key();
            }
            progress.at(lines.bytes(), () -> rate.text(lines.number() - terms.fromLine()));
        }
    }

    private void read(byte[] line, KeySink sink) {
        TransferLine parsed;
        try {
            parsed = TransferLine.parse(line);
        } catch (IllegalArgumentException e) {
            tally.addFailure(lines.number(), ImportOutcome.REFUSED, e.getMessage());
            end.key();
            return;
        }
        Optional<KeyLine> withKey = parsed.match(Optional::of, last -> {
            end.end(last);
            return Optional.empty();
        });
        withKey.ifPresent(key -> {
            end.key();
            sink.take(lines.number(), key, line.length);
        });
    }

    /** The number of the line that was read last. */
    long number() {
        return lines.number();
    }

    /**
     * Whether the first line to import lies beyond the end, and not just behind the last line: then all are imported.
     */
    boolean endsBeforeStart() {
        return isAtEnd && lines.number() < terms.fromLine() - 1;
    }

    /** What is missing for a whole export, if all was read and that matters. */
    Optional<String> fault() {
        return isAtEnd && terms.needsEnd() ? end.fault() : Optional.empty();
    }
}
