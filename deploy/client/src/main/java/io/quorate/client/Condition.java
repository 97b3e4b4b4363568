package io.quorate.client;

/** What must hold for a write to be applied. It is judged by consensus on the key, so nothing comes in between. */
public final class Condition {
    private final String header;
    private final String tags;

    private Condition(String header, String tags) {
        this.header = header;
        this.tags = tags;
    }

    /** The key has no value. */
    public static Condition absent() {
        return new Condition("If-None-Match", "*");
    }

    /** The key has a value, any. */
    public static Condition present() {
        return new Condition("If-Match", "*");
    }

    /** The key is at this version: of a value, or of a delete that was seen. */
    public static Condition at(Version version) {
        return new Condition("If-Match", '"' + version.tag() + '"');
    }

    Call on(Call call) {
        return call.with(header, tags);
    }

    @Override
    public String toString() {
        return header + ": " + tags;
    }
}
