package io.quorate.deploy.config;

/**
 * How many event loops a process has, and by what they watch their sockets.
 *
 * @param eventLoops the threads that serve connections. Too low leaves cores idle. Too high makes threads compete for
 *     them. 0 derives it from the machine: half of its cores, at least 1. Default 0
 * @param nativeTransport uses Linux's epoll through Netty's own library, on x86_64 and on aarch64. Elsewhere, where the
 *     library does not load, and if it is false, the selector of the JDK does the same. The log says at the start which
 *     one it is. Default true
 */
public record EventLoopOptions(int eventLoops, boolean nativeTransport) implements OptionGroup {
    static EventLoopOptions take(Options options) {
        return new EventLoopOptions(options.integer("eventLoops", 0, 256, 0), options.flag("nativeTransport", true));
    }

    /** How many event loops the process has. */
    public int count() {
        return eventLoops == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : eventLoops;
    }
}
