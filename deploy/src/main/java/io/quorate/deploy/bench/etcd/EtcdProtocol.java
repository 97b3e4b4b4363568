package io.quorate.deploy.bench.etcd;

import io.quorate.deploy.bench.request.Dialogue;
import io.quorate.deploy.bench.request.HttpAnswer;
import io.quorate.deploy.bench.request.Protocol;
import io.quorate.deploy.bench.request.RequestKind;
import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** etcd's gRPC: linearizable reads and writes of one key, one request at a time on each connection. */
public final class EtcdProtocol implements Protocol {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int INITIAL_WINDOW_SETTING = 4;
    private static final int WINDOW_BYTES = 1 << 30;

    @Override
    public Dialogues with(int valueBytes, SplittableRandom random) {
        EtcdRequests requests = new EtcdRequests(valueBytes, random);
        return (out, answered) -> new EtcdDialogue(requests, out, answered);
    }

    private static final class EtcdDialogue implements Dialogue {
        private final EtcdRequests requests;
        private final EtcdAnswers answers;
        private int stream = -1;

        private EtcdDialogue(EtcdRequests requests, Consumer<Buffer> out, Consumer<HttpAnswer> answered) {
            this.requests = requests;
            this.answers = new EtcdAnswers(out, answered);
        }

        /** With large windows, so that no answer waits for one. */
        @Override
        public Buffer opening() {
            Buffer settings =
                    Buffer.buffer().appendUnsignedShort(INITIAL_WINDOW_SETTING).appendInt(WINDOW_BYTES);
            return Buffer.buffer(PREFACE)
                    .appendBuffer(Http2Frame.SETTINGS.of(Http2Frame.NO_FLAGS, Http2Frame.CONNECTION, settings))
                    .appendBuffer(Http2Frame.WINDOW_UPDATE.of(
                            Http2Frame.NO_FLAGS,
                            Http2Frame.CONNECTION,
                            Buffer.buffer().appendInt(WINDOW_BYTES)));
        }

        /** Clients have the odd streams. */
        @Override
        public Buffer request(RequestKind kind, long key) {
            stream += 2;
            answers.expect(kind == RequestKind.READ);
            return requests.of(kind, key, stream);
        }

        @Override
        public void received(Buffer bytes) {
            answers.received(bytes);
        }
    }
}
