package io.quorate.deploy.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of somebody else on this machine: it serves pages, and notes what scripts bring it ({@code /loot}). */
final class ForeignSite implements AutoCloseable {
    private static final String LOOT = "/loot";
    private static final String EMPTY_PAGE = "<!doctype html><title>foreign</title>";

    private record Page(String contentType, String body) {}

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> loot = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** @param port 0 takes a free one */
    ForeignSite(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::answer);
        server.start();
        put("/", "text/html", EMPTY_PAGE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith(LOOT)) {
                loot.add(path.substring(LOOT.length() + 1));
            }
            Page page = pages.getOrDefault(path, new Page("text/plain", ""));
            byte[] body = page.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", page.contentType());
            exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    void put(String path, String contentType, String body) {
        pages.put(path, new Page(contentType, body));
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Where scripts bring what they have got. */
    String lootUrl() {
        return "http://127.0.0.1:" + port() + LOOT;
    }

    List<String> loot() {
        return List.copyOf(loot);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
