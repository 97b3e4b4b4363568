package io.quorate.deploy.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process's own streams as bytes. Text on them is UTF-8 in every locale, since it is JSON, keys and values. */
public final class StandardStreams {
    private StandardStreams() {}

    public static InputStream in() {
        return new FileInputStream(FileDescriptor.in);
    }

    /** Not buffered: a write fails as soon as the reader has gone, or the disk behind it is full. */
    public static OutputStream out() {
        return new FileOutputStream(FileDescriptor.out);
    }

    public static PrintWriter outText() {
        return text(FileDescriptor.out);
    }

    public static PrintWriter errText() {
        return text(FileDescriptor.err);
    }

    private static PrintWriter text(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }
}
