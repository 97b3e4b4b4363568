package io.quorate.deploy.tls;

import java.nio.file.Path;

/** A file of TLS cannot be used. The message says which file, what is wrong in it, and what is expected. */
public final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFileException(Path file, String what, String expected) {
        super(file + ": " + what + "; " + expected);
    }
}
