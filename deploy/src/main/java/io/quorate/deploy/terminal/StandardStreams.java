package io.quorate.deploy.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The process's own streams as bytes. Text on them is UTF-8 in every locale, since it is JSON, keys and values. */
public final class StandardStreams {
    private static final WatchedOutput OUT = new WatchedOutput(new FileOutputStream(FileDescriptor.out));

    private static volatile boolean isInTaken;

    private StandardStreams() {}

    /** For a shell, whose commands come from there. From now on no command gets it. */
    public static InputStream takeIn() {
        InputStream in = in();
        isInTaken = true;
        return in;
    }

    /** Only {@code read} works on a pipe: before JDK 18 {@code readNBytes} and its like ask for a position. */
    public static InputStream in() {
        if (isInTaken) {
            throw CommandFailure.usage("a shell reads its commands from standard input; give the value as an argument,"
                    + " or a file. Nothing was sent");
        }
        return new FileInputStream(FileDescriptor.in);
    }

    /** Not buffered: a write fails as soon as the reader has gone, or the disk behind it is full. */
    public static OutputStream out() {
        return OUT;
    }

    public static PrintWriter outText() {
        return text(OUT);
    }

    public static PrintWriter errText() {
        return text(new FileOutputStream(FileDescriptor.err));
    }

    /** The failure with which the command ends, if a write to standard output failed before. */
    public static Optional<OutputFailure> outFailure() {
        return OUT.failure();
    }

    private static PrintWriter text(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
