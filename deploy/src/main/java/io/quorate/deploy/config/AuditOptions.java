package io.quorate.deploy.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The record of who did what. A process with an {@code accessFile} has one.
 *
 * @param auditFile the file for it, lines of JSON: logins, logouts, changes of the rules, and operations such as
 *     checkpoints. Refused requests and connections are in a second file, with {@code .denied} behind its name. Only
 *     the owner may read them. A relative path starts at the folder of the configuration file. {@code none} records
 *     nothing. Default with an {@code accessFile}: {@code audit-NODEID.log} beside the data directory. A coordinator
 *     has it beside its configuration file
 * @param auditWrites records every put and delete too, with its key, in a third file with {@code .writes} behind its
 *     name. That is a line for each write. Default false
 * @param auditFileMib the size in MiB at which each of these files becomes {@code FILE.1}, and a new one begins. Too
 *     low loses old lines early. Too high fills the disk. Default 64
 * @param auditFilesKept how many full files of each stay. The oldest one is deleted. Default 5
 */
public record AuditOptions(Optional<Path> auditFile, boolean auditWrites, int auditFileMib, int auditFilesKept)
        implements OptionGroup {
    private static final int MIB_MAX = 1 << 16;

    private static final String NONE = "none";

    /** @param standard the file if the options name none */
    static AuditOptions take(Options options, Path file, AccessOptions access, Path standard) {
        Optional<String> given = options.optionalText("auditFile");
        return new AuditOptions(
                given.isPresent()
                        ? given.filter(text -> !text.equals(NONE)).map(file.toAbsolutePath()::resolveSibling)
                        : access.accessFile().map(any -> standard),
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
            options.problem("auditWrites", "there is no audit", "needed: accessFile, and no 'auditFile: none'");
        }
    }

    public long fileBytes() {
        return (long) auditFileMib << 20;
    }
}
