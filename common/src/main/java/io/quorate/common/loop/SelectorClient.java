package io.quorate.common.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** A client whose socket the JDK's selector watches. */
@SuppressWarnings("try") // NioIoHandle declares that close throws any exception
final class SelectorClient extends ClientHandle implements NioIoHandle {
    private static final NioIoEvent READ = () -> NioIoOps.READ;
    private static final NioIoEvent WRITE = () -> NioIoOps.WRITE;

    private final NioIoHandle channel;

    SelectorClient(NioIoHandle channel, WaitingPlace place) {
        super(channel, place);
        this.channel = channel;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        NioIoOps ops = ((NioIoEvent) event).ops();
        if (ops.contains(NioIoOps.WRITE)) {
            tell(registration, WRITE);
        }
        if (ops.contains(NioIoOps.READ)) {
            readLater(registration);
        }
    }

    /** The channel asks again by itself: it looks at the key. */
    @Override
    void rest(IoRegistration registration) {
        SelectionKey key = registration.attachment();
        registration.submit(NioIoOps.valueOf(key.interestOps() & ~SelectionKey.OP_READ));
    }

    @Override
    void read(IoRegistration registration) {
        tell(registration, READ);
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel.selectableChannel();
    }
}
