package io.quorate.deploy.bench.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.client.ClientToken;
import io.quorate.deploy.client.Endpoint;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final Endpoint TLS = new Endpoint("db1", 7001, true);
    private static final ClientToken TOKEN = ClientToken.of("qrt_secret");

    @Test
    void aRequestIsTheTemplateWithOneKey() {
        Requests requests =
                new Requests(10, new SharedHead("?consistency=one", SharedHead.PLAIN.authorization()), random());
        assertEquals(
                "GET /v1/kv/user000000000042?consistency=one HTTP/1.1\r\nHost: localhost\r\n\r\n",
                requests.of(RequestKind.READ, 42).toString());
    }

    @Test
    void aTokenIsAHeaderOfEachRequestAndTheKeyAndTheValueStandWhereTheyDid() {
        SharedHead head = SharedHead.of("", TOKEN, List.of(TLS, TLS));
        Requests requests = new Requests(10, head, random());
        String lines = " /v1/kv/user000000000042 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer qrt_secret\r\n";
        assertEquals("GET" + lines + "\r\n", requests.of(RequestKind.READ, 42).toString());
        String put = requests.of(RequestKind.WRITE, 42).toString();
        assertTrue(put.startsWith("PUT" + lines + "Content-Length: 10\r\n\r\n"), put);
        assertEquals(10, put.split("\r\n\r\n", 2)[1].length());
        assertFalse(head.toString().contains("qrt_secret"), head.toString());
    }

    @Test
    void aTokenIsNotSentIfOneEndpointSpeaksNoTls() {
        SharedHead head = SharedHead.of("", TOKEN, List.of(TLS, new Endpoint("db2", 7001)));
        assertEquals(SharedHead.PLAIN, head);
    }

    private static SplittableRandom random() {
        return new SplittableRandom(1);
    }
}
