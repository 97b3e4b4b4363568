package io.quorate.deploy.fault;

import io.netty.channel.ChannelHandlerContext;
import io.quorate.common.link.Links;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Puts a {@link FaultyLink} between each socket of this node and the code above. Safe for use by several threads. */
final class FaultyLinks implements Links {
    private final Supplier<Faults> faults;
    private final Set<FaultyLink> open = ConcurrentHashMap.newKeySet();

    FaultyLinks(Supplier<Faults> faults) {
        this.faults = faults;
    }

    @Override
    public void opened(NodeId peer, NetSocket socket) {
        ChannelHandlerContext channel = ((NetSocketInternal) socket).channelHandlerContext();
        FaultyLink link = new FaultyLink(peer, faults, SystemClock.INSTANCE);
        open.add(link);
        channel.channel().closeFuture().addListener(closed -> open.remove(link));
        channel.pipeline().addFirst(link);
    }

    /** Lets every link react to the new faults at once. */
    void changed() {
        open.forEach(FaultyLink::faultsChanged);
    }
}
