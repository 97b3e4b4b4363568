package io.quorate.deploy.bench.request;

import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Quorate's HTTP API.
 *
 * @param head of every request
 */
public record HttpProtocol(SharedHead head) implements Protocol {
    @Override
    public Dialogues with(int valueBytes, SplittableRandom random) {
        Requests requests = new Requests(valueBytes, head, random);
        return (out, answered) -> new HttpDialogue(requests, answered);
    }

    private static final class HttpDialogue implements Dialogue {
        private final Requests requests;
        private final ResponseParser parser;

        private HttpDialogue(Requests requests, Consumer<HttpAnswer> answered) {
            this.requests = requests;
            this.parser = new ResponseParser(answered);
        }

        @Override
        public Buffer opening() {
            return Buffer.buffer();
        }

        @Override
        public Buffer request(RequestKind kind, long key) {
            return requests.of(kind, key);
        }

        @Override
        public void received(Buffer bytes) {
            parser.add(bytes);
        }
    }
}
