package io.quorate.common.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

/**
 * A client whose socket epoll watches. That the client closed its side counts as something to read: what it sent before
 * has its turn first. An error does not wait, since nobody gets an answer, and epoll reports it whatever it is asked.
 */
@SuppressWarnings("try") // EpollIoHandle declares that close throws any exception
final class EpollClient extends ClientHandle implements EpollIoHandle {
    private static final int READS = EpollIoOps.EPOLLIN.value() | EpollIoOps.EPOLLRDHUP.value();
    private static final EpollIoEvent WRITE = () -> EpollIoOps.EPOLLOUT;

    private final EpollIoHandle channel;
    private Interest interest;

    /** What the next read tells the channel. */
    private EpollIoOps unread = EpollIoOps.NONE;

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
            return registration.submit(rests ? withoutReads() : asked);
        }

        private EpollIoOps withoutReads() {
            return EpollIoOps.valueOf(asked.value() & ~READS | EpollIoOps.EPOLLERR.value());
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
        if ((ops.value() & ~(READS | EpollIoOps.EPOLLOUT.value())) != 0) {
            EpollIoOps broken = EpollIoOps.valueOf(ops.value() | READS);
            tell(registration, event(broken));
            return;
        }
        if (ops.contains(EpollIoOps.EPOLLOUT)) {
            tell(registration, WRITE);
        }
        if ((ops.value() & READS) != 0) {
            unread = EpollIoOps.valueOf(unread.value() | ops.value() & READS);
            readLater(registration);
        }
    }

    private static EpollIoEvent event(EpollIoOps ops) {
        return () -> ops;
    }

    @Override
    void rest(IoRegistration registration) {
        interest.rest(true);
    }

    @Override
    void read(IoRegistration registration) {
        interest.rest(false);
        EpollIoOps now = unread;
        unread = EpollIoOps.NONE;
        tell(registration, event(now));
    }

    @Override
    public FileDescriptor fd() {
        return channel.fd();
    }
}
