package io.quorate.common.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

/**
 * A client whose socket epoll watches. A channel that hears that the client closed its side (EPOLLRDHUP) reads all that
 * is left at once, even if it is paused. So epoll is not asked for that. A read finds the end in its turn, behind what
 * the client sent before.
 *
 * <p>An error closes the connection, and what was not read yet is dropped: nobody gets an answer. It cannot wait, since
 * epoll reports it in each turn, whatever it is asked.
 */
@SuppressWarnings("try") // EpollIoHandle declares that close throws any exception
final class EpollClient extends ClientHandle implements EpollIoHandle {
    private static final int ASKED = EpollIoOps.EPOLLIN.value() | EpollIoOps.EPOLLOUT.value();
    private static final EpollIoEvent READ = () -> EpollIoOps.EPOLLIN;
    private static final EpollIoEvent WRITE = () -> EpollIoOps.EPOLLOUT;

    private final EpollIoHandle channel;
    private Interest interest;

    EpollClient(EpollIoHandle channel, WaitingPlace place) {
        super(channel, place);
        this.channel = channel;
    }

    /**
     * What the channel asks epoll for. A channel believes that epoll knows what it asked for last, and asks only for
     * what differs. So this keeps it while the client rests.
     */
    private static final class Interest implements IoRegistration {
        private final IoRegistration registration;
        private EpollIoOps asked = EpollIoOps.NONE;
        private boolean rests;

        Interest(IoRegistration registration) {
            this.registration = registration;
        }

        @Override
        public long submit(IoOps ops) {
            asked = (EpollIoOps) ops;
            EpollIoOps now = rests ? asked.without(EpollIoOps.EPOLLIN) : asked;
            return registration.submit(now.without(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLERR));
        }

        void rest(boolean now) {
            if (rests != now) {
                rests = now;
                submit(asked);
            }
        }

        @Override
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }

    @Override
    IoRegistration over(IoRegistration registration) {
        interest = new Interest(registration);
        return interest;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        EpollIoOps ops = ((EpollIoEvent) event).ops();
        if ((ops.value() & ~ASKED) != 0) {
            closeNow();
            return;
        }
        if (ops.contains(EpollIoOps.EPOLLOUT)) {
            tell(registration, WRITE);
        }
        if (ops.contains(EpollIoOps.EPOLLIN)) {
            readLater(registration);
        }
    }

    private void closeNow() {
        try {
            channel.close();
        } catch (Exception e) {
            throw new IllegalStateException("a channel of epoll closes without exceptions", e);
        }
    }

    @Override
    void rest(IoRegistration registration) {
        interest.rest(true);
    }

    @Override
    void read(IoRegistration registration) {
        interest.rest(false);
        tell(registration, READ);
    }

    @Override
    public FileDescriptor fd() {
        return channel.fd();
    }
}
