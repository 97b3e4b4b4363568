package io.quorate.deploy.data.option;

import io.quorate.common.model.Version;
import io.quorate.deploy.terminal.CommandFailure;

/** A version as an argument, with or without the quotes of an {@code ETag}. */
public final class VersionText {
    private VersionText() {}

    /** The entity tag, in its quotes. */
    public static String tag(String name, String text) {
        String bare = text.replace("\"", "").strip();
        try {
            return '"' + Version.parse(bare).toString() + '"';
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(name + " is '" + text + "', which is no version; 'quorate get -v' shows a key's,"
                    + " such as 19d2c8e1f3a0000.5f.1.0; nothing was sent");
        }
    }
}
