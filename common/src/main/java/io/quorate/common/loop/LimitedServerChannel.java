package io.quorate.common.loop;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;

/** A socket that listens, and closes at once what it accepts above the limits. */
final class LimitedServerChannel extends NioServerSocketChannel {
    private final AcceptLimits limits;

    LimitedServerChannel(AcceptLimits limits) {
        this.limits = limits;
    }

    /** @return how many it accepted, those that it closed too, so that Netty goes on to the next one */
    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int read = super.doReadMessages(accepted);
        if (accepted.size() > before && !limits.admit((Channel) accepted.get(before))) {
            ((Channel) accepted.remove(before)).unsafe().closeForcibly();
        }
        return read;
    }
}
