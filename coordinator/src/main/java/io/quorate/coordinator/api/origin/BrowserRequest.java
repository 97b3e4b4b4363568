package io.quorate.coordinator.api.origin;

import io.quorate.coordinator.api.http.RequestTarget;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;

/**
 * What a browser says about its own request: the origin of the page that it is for, and Fetch Metadata (a W3C Working
 * Draft). A page cannot change these headers. Browsers leave out Fetch Metadata where the connection is neither TLS nor
 * to this machine.
 *
 * @param site {@code Sec-Fetch-Site}: how the page's origin relates to that of the request
 * @param mode {@code Sec-Fetch-Mode}, such as {@code navigate}
 * @param destination {@code Sec-Fetch-Dest}: what the answer is for, such as {@code script}
 */
record BrowserRequest(
        HttpServerRequest request,
        Optional<String> origin,
        Optional<String> site,
        Optional<String> mode,
        Optional<String> destination) {
    /** {@code none} is the user's own act, such as typing the address. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** {@code empty} is for the script that asked, and {@code document} a page that a user opened. */
    private static final Set<String> NO_PARTS = Set.of("empty", "document");

    private static final Set<String> PARTS_OF_CONSOLE = Set.of("script", "style", "image", "font");

    private static final String CONSOLE = "/";
    private static final String FILES_OF_CONSOLE = "/console/";

    static BrowserRequest of(HttpServerRequest request, String origin, String site) {
        return new BrowserRequest(
                request,
                Optional.ofNullable(origin),
                Optional.ofNullable(site),
                Optional.ofNullable(request.getHeader("Sec-Fetch-Mode")),
                Optional.ofNullable(request.getHeader("Sec-Fetch-Dest")));
    }

    /** Whether the page is of another origin, as the browser sees it. */
    boolean isForeign() {
        return site.filter(value -> !OWN_SITES.contains(value)).isPresent();
    }

    static boolean changesNothing(HttpServerRequest request) {
        HttpMethod method = request.method();
        return method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
    }

    /** Whether a user opens the console, by a link on any page. The console then runs in a page of its own. */
    boolean opensConsole() {
        return request.method() == HttpMethod.GET
                && mode.filter("navigate"::equals).isPresent()
                && destination.filter("document"::equals).isPresent()
                && path().equals(CONSOLE);
    }

    /** Whether the answer becomes a part of a page that is not the console's: a script, an image, a frame. */
    boolean isForeignPart() {
        return destination.filter(value -> !NO_PARTS.contains(value)).isPresent() && !isPartOfConsole();
    }

    private boolean isPartOfConsole() {
        return destination.filter(PARTS_OF_CONSOLE::contains).isPresent() && path().startsWith(FILES_OF_CONSOLE);
    }

    /** Whether the page is of the host that the request is for. {@link HostCheck} has let only names of ours pass. */
    boolean isOfThisHost() {
        String host = request.getHeader("Host");
        return host != null
                && origin.filter(from -> from.equals("http://" + host) || from.equals("https://" + host))
                        .isPresent();
    }

    String path() {
        return RequestTarget.of(request).path();
    }

    boolean isPreflight() {
        return request.method() == HttpMethod.OPTIONS && request.headers().contains("Access-Control-Request-Method");
    }
}
