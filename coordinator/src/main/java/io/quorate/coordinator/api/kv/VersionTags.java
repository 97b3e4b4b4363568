package io.quorate.coordinator.api.kv;

import io.quorate.common.model.Version;
import io.quorate.common.plausibility.Plausibility;
import io.quorate.coordinator.api.http.BadRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of entity tags in a condition, and which versions it names. */
final class VersionTags {
    private static final int TAGS_MAX = 100;
    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(,|$)");

    private final String header;
    private final String text;
    private final Comparison comparison;
    private final Strangers strangers;

    /** RFC 9110, section 8.8.3.2: weak tags are equal to none in a strong comparison. */
    enum Comparison {
        STRONG,
        WEAK
    }

    /** A tag that names no version. It can only be another server's, or a mistake. */
    enum Strangers {
        REFUSED,
        MATCH_NOTHING
    }

    VersionTags(String header, String text, Comparison comparison, Strangers strangers) {
        this.header = header;
        this.text = text;
        this.comparison = comparison;
        this.strangers = strangers;
    }

    /** @throws BadRequest if the text is no list of tags */
    Set<Version> versions() {
        Set<Version> versions = new HashSet<>();
        Matcher tag = TAG.matcher(text);
        int at = 0;
        for (int count = 1; at < text.length() || count == 1; count++) {
            if (count > TAGS_MAX || !tag.find() || tag.start() != at) {
                throw malformed();
            }
            add(tag, versions);
            at = tag.end();
        }
        return versions;
    }

    private void add(Matcher tag, Set<Version> versions) {
        try {
            Version version = parse(tag.group(2));
            if (tag.group(1) == null || comparison == Comparison.WEAK) {
                versions.add(version);
            }
        } catch (IllegalArgumentException e) {
            if (strangers == Strangers.REFUSED) {
                throw malformed();
            }
        }
    }

    /** A tag that no process can have minted is another server's too. */
    private static Version parse(String text) {
        Version version = Version.parse(text);
        if (!Plausibility.canBeMinted(version)) {
            throw new IllegalArgumentException("no process mints the version " + text);
        }
        return version;
    }

    private BadRequest malformed() {
        String shown = text.length() <= 100 ? text : text.substring(0, 100) + "...";
        return new BadRequest(
                400,
                header + ": " + shown + " is neither * nor a list of 1 to " + TAGS_MAX
                        + " quoted entity tags as an ETag header shows them, like \"19d2c8e1f3a0000.5f.1.0\"."
                        + " Nothing was applied");
    }
}
