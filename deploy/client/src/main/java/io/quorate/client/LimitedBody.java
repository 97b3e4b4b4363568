package io.quorate.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Reads the body of an answer, and gives it up when it is longer than any that a node sends. */
final class LimitedBody implements BodySubscriber<byte[]> {
    /**
     * A value has 64 MiB at most, and as JSON in a page seldom more than four times as much. Each control character
     * takes six bytes, so that 42 MiB of nothing else still fit.
     */
    private static final long OF_NODE_BYTES_MAX = 256L << 20;

    /** Only its status is looked at. */
    private static final long OF_OTHERS_BYTES_MAX = 256L << 10;

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final long bytesMax;

    // The HTTP client calls one method at a time.
    private long bytes;
    private Subscription subscription;

    LimitedBody(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    static BodyHandler<byte[]> handler() {
        return info -> new LimitedBody(Answer.isOfNode(info.headers()) ? OF_NODE_BYTES_MAX : OF_OTHERS_BYTES_MAX);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        body.onSubscribe(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes > bytesMax) {
            subscription.cancel();
            body.onError(new IOException("the answer is longer than " + bytesMax + " bytes"));
        } else {
            body.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
