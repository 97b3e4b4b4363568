package io.quorate.deploy.config;

import java.util.List;
import java.util.regex.Pattern;

/** The form of a name in {@code httpNames}: that of a host, without scheme and port. */
final class HttpName {
    private static final Pattern FORM = Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

    private HttpName() {}

    static List<String> take(Options options, String option) {
        List<String> names = options.texts(option);
        boolean areTexts = options.sound(option);
        names.stream()
                .filter(name -> areTexts && !FORM.matcher(name).matches())
                .forEach(name -> options.problem(
                        option,
                        "'" + name + "' is not the name of a host",
                        "allowed: a name such as db.example.com, without scheme and port, or *.db.example.com"));
        return names;
    }
}
