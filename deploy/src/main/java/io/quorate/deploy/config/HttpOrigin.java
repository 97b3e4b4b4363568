package io.quorate.deploy.config;

import java.util.List;
import java.util.regex.Pattern;

/** The form of an origin in {@code allowedOrigins}: as a browser writes it into {@code Origin}, and no pattern. */
final class HttpOrigin {
    private static final Pattern FORM =
            Pattern.compile("https?://([a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");

    private static final Pattern USUAL_PORT = Pattern.compile("http://.*[^:]:80|https://.*[^:]:443");

    private HttpOrigin() {}

    static List<String> take(Options options, String option) {
        List<String> origins = options.texts(option);
        boolean areTexts = options.sound(option);
        origins.stream()
                .filter(origin -> areTexts && !isOrigin(origin))
                .forEach(origin -> options.problem(
                        option,
                        "'" + origin + "' is not an origin as a browser writes it",
                        "allowed: an origin such as https://app.example.com or http://localhost:3000, in lower case,"
                                + " without path, without the usual port, and without *"));
        return origins;
    }

    private static boolean isOrigin(String text) {
        return FORM.matcher(text).matches() && !USUAL_PORT.matcher(text).matches();
    }
}
