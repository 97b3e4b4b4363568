package io.quorate.deploy.tls;

import io.quorate.common.time.Clock;
import io.quorate.common.tls.CertifiedName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings new certificates from their files into use. Whoever replaces them writes two or three files, one after the
 * other. So a look may find a certificate and the key of another one. Files that cannot be used are reported only if
 * the next look finds the same. The old certificates stay in use meanwhile.
 *
 * <p>One thread looks at a time. Any thread may ask for the state.
 */
public final class TlsRotation {
    private static final Logger LOG = LoggerFactory.getLogger(TlsRotation.class);

    private final TlsFiles files;
    private final CertifiedName holder;
    private final Clock clock;
    private final TlsSockets sockets;

    private String inUse;
    private Optional<String> lastFailure = Optional.empty();
    private volatile boolean rejected;

    private TlsRotation(TlsFiles files, CertifiedName holder, Clock clock, TlsSockets sockets, String inUse) {
        this.files = files;
        this.holder = holder;
        this.clock = clock;
        this.sockets = sockets;
        this.inUse = inUse;
    }

    /**
     * Reads the files for the first time.
     *
     * @param holder this process
     * @throws TlsFileException if they cannot be used
     */
    public static TlsRotation start(TlsFiles files, CertifiedName holder, Clock clock) throws TlsFileException {
        String contents = files.contents();
        TlsSockets sockets = new TlsSockets(files.read(holder, clock));
        return new TlsRotation(files, holder, clock, sockets, contents);
    }

    public TlsSockets sockets() {
        return sockets;
    }

    /** Whether the files have changed and cannot be used, so that older ones are still in use. */
    public boolean isRejected() {
        return rejected;
    }

    /**
     * Looks at the files, and brings what is new into use. Blocks for as long as it takes to read them.
     *
     * @return whether a file came meanwhile, so that the next look finds more. Files that cannot be used may wait for
     *     others of theirs, and have time for that until the next look of the period
     */
    public boolean look() {
        try {
            String contents = files.contents();
            boolean isComplete = contents.equals(inUse) || use(contents);
            accepted();
            return !isComplete;
        } catch (TlsFileException e) {
            failed(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** @return false if another file came meanwhile: the next look finds all of them */
    private boolean use(String contents) throws TlsFileException {
        TlsMaterial fresh = files.read(holder, clock);
        if (!files.contents().equals(contents)) {
            return false;
        }
        inUse = contents;
        sockets.use(fresh)
                .onSuccess(done -> LOG.info(
                        "new connections use the certificate {}, which is valid until {}",
                        files.certificate(),
                        fresh.expiry()))
                .onFailure(failure -> LOG.error("not all sockets use the new certificates: {}", failure.toString()));
        return true;
    }

    private void accepted() {
        if (rejected) {
            LOG.info("the files of TLS are well again");
        }
        rejected = false;
        lastFailure = Optional.empty();
    }

    private void failed(String why) {
        boolean lasts = lastFailure.filter(why::equals).isPresent();
        if (lasts && !rejected) {
            LOG.error("the new files of TLS cannot be used, and the older certificates stay in use: {}", why);
        }
        rejected |= lasts;
        lastFailure = Optional.of(why);
    }
}
