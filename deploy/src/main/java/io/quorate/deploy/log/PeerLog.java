package io.quorate.deploy.log;

import io.quorate.common.link.TroubleLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines about troubles with peers, in the process's log. */
public enum PeerLog implements TroubleLog.TroubleLines {
    INSTANCE;

    private static final Logger LOG = LoggerFactory.getLogger(PeerLog.class);

    @Override
    public void warn(String line) {
        LOG.warn("{}", line);
    }

    @Override
    public void info(String line) {
        LOG.info("{}", line);
    }
}
