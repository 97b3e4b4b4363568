package io.quorate.coordinator.api.route;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with at most one variable, such as {@code /v1/keys/{key}/replicas}.
 *
 * <p>A variable takes all text between the template's two ends as the client sent it, slashes included. At the end of a
 * template it may be empty: then its handler says what is missing. Within a template it has at least one character.
 *
 * @param variable its name, or empty if there is none
 */
public record PathTemplate(String before, String variable, String behind) {
    private static final Pattern FORM = Pattern.compile("(/[^{}]*)(?:\\{([^{}]+)}([^{}]*))?");

    /** @throws IllegalArgumentException if the text is not a template */
    public static PathTemplate parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a path with at most one {variable}");
        }
        return form.group(2) == null
                ? new PathTemplate(text, "", "")
                : new PathTemplate(form.group(1), form.group(2), form.group(3));
    }

    /** The part of a path in place of the variable, or "" without a variable. Empty if the path does not fit. */
    Optional<String> match(String path) {
        if (variable.isEmpty()) {
            return path.equals(before) ? Optional.of("") : Optional.empty();
        }
        int shortest = before.length() + behind.length() + (behind.isEmpty() ? 0 : 1);
        boolean fits = path.length() >= shortest && path.startsWith(before) && path.endsWith(behind);
        return fits ? Optional.of(path.substring(before.length(), path.length() - behind.length())) : Optional.empty();
    }

    @Override
    public String toString() {
        return variable.isEmpty() ? before : before + "{" + variable + "}" + behind;
    }
}
