package io.quorate.deploy.access;

import java.nio.file.Path;

/** A file of access rules cannot be used. The message says which file, where, what is wrong, and what is allowed. */
public final class AccessFileException extends Exception {
    private static final long serialVersionUID = 1L;

    AccessFileException(Path file, String what, String allowed) {
        super(file + ": " + what + "; " + allowed);
    }

    AccessFileException(Path file, int line, String what, String allowed) {
        super(file + ", line " + line + ": " + what + "; " + allowed);
    }
}
