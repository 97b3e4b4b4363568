package io.quorate.common.loop;

/** Why a request was refused before anything of it was done. */
public enum ShedReason {
    /** It had waited too long for its turn. */
    LATE("late"),
    /** Its class gives way to a higher one, and has its share in flight. */
    CLASS("class"),
    /** It had no turn, since it came together with an earlier one, and would have begun before others that wait. */
    TURN("turn");

    private final String label;

    ShedReason(String label) {
        this.label = label;
    }

    /** In metrics and events. */
    public String label() {
        return label;
    }
}
