package io.quorate.deploy.process;

import io.quorate.common.loop.LoopTransport;
import io.quorate.coordinator.api.http.HttpAddress;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Vert.x as the thread sees it that starts and closes a process: that thread waits for each step. */
final class VertxRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(VertxRuntime.class);

    private static final long START_TIMEOUT_S = 30;
    private static final long CLOSE_TIMEOUT_S = 10;

    /** Nothing is served from files or the class path. With the cache, each start would leave a temporary folder. */
    private static final FileSystemOptions NO_FILES =
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);

    /**
     * Vert.x resolves only the addresses to listen on. By itself it would read the hosts file once, and keep answers.
     */
    private static final AddressResolverOptions FRESH_ADDRESSES = new AddressResolverOptions()
            .setHostsRefreshPeriod(1_000)
            .setCacheMaxTimeToLive(1)
            .setCacheNegativeTimeToLive(0);

    private final Vertx vertx;

    VertxRuntime(int eventLoops, LoopTransport transport) {
        vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(eventLoops)
                        .setAddressResolverOptions(FRESH_ADDRESSES)
                        .setFileSystemOptions(NO_FILES))
                .withTransport(transport)
                .build();
    }

    Vertx vertx() {
        return vertx;
    }

    /**
     * Starts a verticle that listens on a port.
     *
     * @param option the configuration's option for the port, for messages
     */
    void listen(Deployable verticle, String option, String address, int port) throws StartException {
        String place = new HttpAddress(address, port).authority();
        try {
            await(vertx.deployVerticle(verticle), START_TIMEOUT_S);
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof BindException
                    ? "another process listens there, or the address is not this machine's"
                    : String.valueOf(e.getCause());
            throw new StartException("cannot listen on " + place + " (" + option + "): " + reason, e.getCause());
        } catch (TimeoutException e) {
            throw new StartException("listening on " + place + " took too long", e);
        }
    }

    /** Waits for the end of a closing step. A step that fails or takes too long is logged, and the next one follows. */
    void awaitClosed(String what, Future<?> closing, long timeoutS) {
        try {
            await(closing, timeoutS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("closing {} did not end cleanly: {}", what, e.toString());
        }
    }

    void close() {
        awaitClosed("connections", vertx.close(), CLOSE_TIMEOUT_S);
    }

    /** An interrupt does not end the wait. It is kept for the caller. */
    private static void await(Future<?> future, long timeoutS) throws ExecutionException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.toCompletionStage().toCompletableFuture().get(timeoutS, TimeUnit.SECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
