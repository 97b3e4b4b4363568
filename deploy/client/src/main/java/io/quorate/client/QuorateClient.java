package io.quorate.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;

/**
 * A client for a Quorate cluster. It is made once, lives as long as the program, and serves all threads.
 *
 * <pre>{@code
 * QuorateClient client = QuorateClient.of("http://localhost:7001", "http://localhost:7002");
 * client.put("greeting", "hello").orThrow();
 * String text = client.get("greeting").orElseThrow().value().text();
 * }</pre>
 *
 * <p><b>A lock.</b> The one that creates the key holds the lock, until its time is over:
 *
 * <pre>{@code
 * WriteResult taken = client.putIf(lock, me, Condition.absent(), WriteOptions.expiringAfter(Duration.ofSeconds(30)));
 * if (taken instanceof WriteResult.Applied held) {
 *     try {
 *         work();
 *     } finally {
 *         client.deleteIf(lock, Condition.at(held.version().orElseThrow()));
 *     }
 * }
 * }</pre>
 *
 * <p><b>A counter.</b> The cluster adds, however many programs count:
 *
 * <pre>{@code
 * OptionalLong count = client.change(counter, Change.add(1)).orThrow().sum();
 * }</pre>
 *
 * <p><b>Any other change.</b> Read, and write on the condition that nobody was faster:
 *
 * <pre>{@code
 * WriteResult result;
 * do {
 *     Entry seen = client.get(counter).orElseThrow();
 *     long next = 2 * Long.parseLong(seen.value().text());
 *     result = client.putIf(counter, Value.of(Long.toString(next)), Condition.at(seen.version()));
 * } while (result instanceof WriteResult.ConditionFailed);
 * result.orThrow();
 * }</pre>
 *
 * <p><b>A flag.</b> A reader that can bear an old answer asks one replica only:
 *
 * <pre>{@code
 * boolean on = client.get(flag, Consistency.ONE).isPresent();
 * }</pre>
 *
 * <p>Each operation is tried again, through other nodes too, until it is answered or {@link Builder#timeout} is over. A
 * write has its effect once all the same. An interrupt of the calling thread does not end an operation.
 */
public final class QuorateClient {
    private final AsyncQuorateClient async;

    QuorateClient(AsyncQuorateClient async) {
        this.async = async;
    }

    /** @param endpoints such as {@code http://localhost:7001}, of one node or some. The cluster tells the others */
    public static QuorateClient of(String... endpoints) {
        Builder builder = builder();
        Stream.of(endpoints).map(URI::create).forEach(builder::endpoint);
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The same client without blocking. */
    public AsyncQuorateClient async() {
        return async;
    }

    public Optional<Entry> get(String key) {
        return get(Key.of(key));
    }

    /** @return the value, or empty if the key has none */
    public Optional<Entry> get(Key key) {
        return await(async.get(key));
    }

    public Optional<Entry> get(Key key, Consistency consistency) {
        return await(async.get(key, consistency));
    }

    public WriteResult put(String key, String value) {
        return put(Key.of(key), Value.of(value));
    }

    public WriteResult put(Key key, Value value) {
        return put(key, value, WriteOptions.DEFAULTS);
    }

    public WriteResult put(Key key, Value value, WriteOptions options) {
        return await(async.put(key, value, options));
    }

    public WriteResult putIf(Key key, Value value, Condition condition) {
        return putIf(key, value, condition, WriteOptions.DEFAULTS);
    }

    /** Writes if the condition holds. */
    public WriteResult putIf(Key key, Value value, Condition condition, WriteOptions options) {
        return await(async.putIf(key, value, condition, options));
    }

    public WriteResult delete(String key) {
        return delete(Key.of(key));
    }

    /** Applied also if there is nothing to delete. */
    public WriteResult delete(Key key) {
        return await(async.delete(key, WriteOptions.DEFAULTS));
    }

    /** Deletes if the condition holds. */
    public WriteResult deleteIf(Key key, Condition condition) {
        return await(async.deleteIf(key, condition, WriteOptions.DEFAULTS));
    }

    /** Changes the value by a function of it. */
    public WriteResult change(Key key, Change change) {
        return change(key, change, WriteOptions.DEFAULTS);
    }

    /**
     * Changes the value by a function of it.
     *
     * @param options a key that many change at once is fastest with {@link WriteOptions#atMostOnce}
     */
    public WriteResult change(Key key, Change change, WriteOptions options) {
        return await(async.change(key, change, options));
    }

    /** @param cursor of the page before, or empty for the first one */
    public Page page(ScanRange range, Optional<String> cursor) {
        return await(async.page(range, cursor));
    }

    /** The keys of a range in its order. Pages are read as the stream is. Each key is as fresh as its page. */
    public Stream<Page.Item> scan(ScanRange range) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Items(range), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    /**
     * The results in the order of the operations. What a node had no time or no room for has the status 503 or 429, and
     * is not sent again by itself.
     */
    public List<BatchResult> batch(Batch batch) {
        return await(async.batch(batch));
    }

    /** Makes a {@link QuorateClient}. */
    public static final class Builder {
        private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
        private static final Duration ATTEMPT_TIMEOUT_LEAST = Duration.ofMillis(10);
        private static final int CALLS_IN_FLIGHT_MAX = 256;

        private final List<URI> endpoints = new ArrayList<>();
        private Duration timeout = Duration.ofSeconds(10);
        private Duration attemptTimeout = Duration.ofSeconds(2);
        private int callsInFlightMax = CALLS_IN_FLIGHT_MAX;
        private Optional<SSLContext> tls = Optional.empty();
        private BearerToken token = BearerToken.NONE;

        private Builder() {}

        /** @param endpoint such as {@code http://localhost:7001} */
        public Builder endpoint(URI endpoint) {
            if (endpoint.getHost() == null
                    || !List.of("http", "https").contains(String.valueOf(endpoint.getScheme()))) {
                throw new IllegalArgumentException(
                        "an endpoint is like http://localhost:7001, and this one is " + endpoint);
            }
            endpoints.add(URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority()));
            return this;
        }

        /** Of an operation with all of its attempts. By default 10 s. */
        public Builder timeout(Duration all) {
            timeout = requireLong(all);
            return this;
        }

        /**
         * Of one attempt, after which another node is asked. By default 2 s. For a batch, half of {@link #timeout} if
         * that is longer.
         */
        public Builder attemptTimeout(Duration each) {
            attemptTimeout = requireLong(each);
            return this;
        }

        private static Duration requireLong(Duration timeout) {
            if (timeout.compareTo(ATTEMPT_TIMEOUT_LEAST) < 0) {
                throw new IllegalArgumentException("a timeout is at least 10 ms: " + timeout);
            }
            return timeout;
        }

        /**
         * How many operations are under way at the same time, each with a connection. By default 256. Further ones wait
         * their turn, and the wait is a part of their {@link #timeout}.
         */
        public Builder callsInFlightMax(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException("at least one call is in flight, not " + calls);
            }
            callsInFlightMax = calls;
            return this;
        }

        /** For endpoints with {@code https}: whom to trust, and which certificate to show. */
        public Builder tls(SSLContext context) {
            tls = Optional.of(context);
            return this;
        }

        /**
         * The token by which the client says who it is, for endpoints with {@code https}. To find other nodes, its
         * principal needs the grant {@code observe}. Without that grant the client uses the nodes that were named.
         *
         * @param source is asked for each request, by any thread, and must not block
         */
        public Builder token(Supplier<String> source) {
            token = new BearerToken(Optional.of(source));
            return this;
        }

        /** @throws IllegalStateException without an endpoint */
        public QuorateClient build() {
            if (endpoints.isEmpty()) {
                throw new IllegalStateException("name at least one endpoint, such as http://localhost:7001");
            }
            Executor threads = Executors.newCachedThreadPool(Builder::thread);
            HttpClient.Builder http = HttpClient.newBuilder()
                    .executor(threads)
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER);
            tls.ifPresent(http::sslContext);
            return new QuorateClient(new AsyncQuorateClient(new Transport(
                    http.build(),
                    new Endpoints(endpoints),
                    new InFlight(callsInFlightMax, threads),
                    token,
                    timeout,
                    attemptTimeout,
                    new AtomicLong(System.nanoTime()))));
        }

        /**
         * One that a program blocks by waiting for this client would be none for the answer: so they are not shared.
         */
        private static Thread thread(Runnable work) {
            Thread thread = new Thread(work, "quorate-client");
            thread.setDaemon(true);
            return thread;
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ReadFailedException failed) {
                throw new ReadFailedException(failed);
            }
            throw e;
        }
    }

    private final class Items implements Iterator<Page.Item> {
        private final ScanRange range;
        private Iterator<Page.Item> page = List.<Page.Item>of().iterator();
        private Optional<String> cursor = Optional.empty();
        private boolean begun;

        Items(ScanRange range) {
            this.range = range;
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && (!begun || cursor.isPresent())) {
                Page next = page(range, cursor);
                begun = true;
                page = next.items().iterator();
                cursor = next.next();
            }
            return page.hasNext();
        }

        @Override
        public Page.Item next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
