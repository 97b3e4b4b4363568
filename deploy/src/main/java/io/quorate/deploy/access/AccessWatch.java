package io.quorate.deploy.access;

import io.quorate.common.model.ClusterId;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.access.AccessRules;
import io.quorate.coordinator.api.access.RulesChange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a changed access file into use. A file that cannot be used changes nothing: the older rules stay in use.
 *
 * <p>One thread looks at a time. Any thread may ask for the state.
 */
public final class AccessWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AccessWatch.class);

    private final AccessFile file;
    private final AccessControl control;

    private volatile byte[] inUse;

    /**
     * What the last look found. A program may be writing the file, and half of a rule may be a wider one. So a change
     * counts when two looks find the same.
     */
    private byte[] lastSeen;

    private String lastFailure = "";
    private volatile boolean rejected;

    private AccessWatch(AccessFile file, AccessControl control, byte[] inUse) {
        this.file = file;
        this.control = control;
        this.inUse = inUse;
        this.lastSeen = inUse;
    }

    /**
     * Reads the file for the first time.
     *
     * @param trust judges the certificates of clients
     * @throws AccessFileException if it cannot be used
     */
    public static AccessWatch start(AccessFile file, ClusterId cluster, AccessAudit audit, CertificateTrust trust)
            throws AccessFileException {
        file.requireOwnWriters();
        byte[] bytes = file.bytes();
        warnOfReaders(file);
        AccessRules rules = file.rules(bytes);
        RulesChange.start(rules).forEach(audit::changed);
        return new AccessWatch(file, AccessControl.of(cluster, rules, audit, trust), bytes);
    }

    public AccessControl control() {
        return control;
    }

    /** Whether the file has changed and cannot be used, so that older rules are still in use. */
    public boolean isRejected() {
        return rejected;
    }

    /** SHA-256 of the file whose rules are in use. Processes with the same rules have the same. */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(inUse));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /**
     * Looks at the file, and brings what is new into use. Blocks for as long as it takes to read it.
     *
     * @return whether it has changed since the last look, so that the next one has to confirm it
     */
    public boolean look() {
        try {
            file.requireOwnWriters();
            byte[] bytes = file.bytes();
            boolean isChanging = !Arrays.equals(bytes, lastSeen);
            lastSeen = bytes;
            if (isChanging) {
                return true;
            }
            if (!Arrays.equals(bytes, inUse)) {
                AccessRules fresh = file.rules(bytes);
                control.use(fresh);
                inUse = bytes;
                LOG.info("the rules of {} are in use: {} principals", file.path(), fresh.size());
                warnOfReaders(file);
            }
            accepted();
        } catch (AccessFileException e) {
            failed(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private static void warnOfReaders(AccessFile file) throws AccessFileException {
        if (file.everybodyMayRead()) {
            LOG.warn(
                    "every user of this machine may read the access file {}, with all names and grants; chmod o-r it",
                    file.path());
        }
    }

    /** Whether the rules in use are those of this content. */
    boolean isUsing(byte[] content) {
        return Arrays.equals(content, inUse);
    }

    private void accepted() {
        if (rejected) {
            LOG.info("the access file is well again");
        }
        rejected = false;
        lastFailure = "";
    }

    private void failed(String why) {
        if (!why.equals(lastFailure)) {
            LOG.error("the new access file cannot be used, and the older rules stay in use: {}", why);
        }
        rejected = true;
        lastFailure = why;
    }
}
