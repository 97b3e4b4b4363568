package io.quorate.deploy.client.profile;

import java.util.regex.Pattern;

/** The name of a profile, such as {@code prod}. */
public record ProfileName(String text) implements Comparable<ProfileName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if {@code text} has another form */
    public ProfileName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no name of a profile; it has 1 to 64 letters, digits,"
                    + " '.', '_' and '-', and starts with a letter or digit");
        }
    }

    @Override
    public int compareTo(ProfileName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
