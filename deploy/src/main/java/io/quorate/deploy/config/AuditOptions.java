package io.quorate.deploy.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The record of who did what. It needs an {@code accessFile}.
 *
 * @param auditFile the file for it, lines of JSON: refused requests, connections above the limits, logins, logouts, and
 *     operations such as checkpoints. Refused are those by 401 or 403, and those with a wrong head by 400, 414, 431 or
 *     501. Only its owner may read it. A relative path starts at the folder of the configuration file. Default none:
 *     nothing is recorded
 * @param auditWrites records every put and delete too, with its key. That is a line for each write. Default false
 * @param auditFileMib the size of {@code auditFile} in MiB at which it becomes {@code auditFile.1}, and a new one
 *     begins. Too low loses old lines early. Too high fills the disk. Default 64
 * @param auditFilesKept how many full files stay. The oldest one is deleted. Default 5
 */
public record AuditOptions(Optional<Path> auditFile, boolean auditWrites, int auditFileMib, int auditFilesKept)
        implements OptionGroup {
    private static final int MIB_MAX = 1 << 16;

    static AuditOptions take(Options options, Path file) {
        return new AuditOptions(
                options.optionalText("auditFile").map(file.toAbsolutePath()::resolveSibling),
                options.flag("auditWrites", false),
                options.integer("auditFileMib", 1, MIB_MAX, 64),
                options.integer("auditFilesKept", 1, 1000, 5));
    }

    void check(Options options, AccessOptions access) {
        if (auditFile.isPresent() && access.accessFile().isEmpty()) {
            options.problem(
                    "auditFile",
                    "there is no accessFile, so nobody has a name",
                    "allowed: with an accessFile, or leave it out");
        }
        if (auditWrites && auditFile.isEmpty()) {
            options.problem("auditWrites", "there is no auditFile", "needed: auditFile, the path of a file");
        }
    }

    public long fileBytes() {
        return (long) auditFileMib << 20;
    }
}
