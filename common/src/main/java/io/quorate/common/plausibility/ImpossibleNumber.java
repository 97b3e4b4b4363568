package io.quorate.common.plausibility;

/**
 * A number of a message that no honest process sends.
 *
 * @param message the type of the message
 * @param number what it is, for people
 * @param value as people read it
 * @param allowed the values that are possible, for people
 */
public record ImpossibleNumber(String message, String number, String value, String allowed) {
    /** What is wrong, and what is allowed. It fits into a refusal, since nothing in it is the sender's text. */
    public String text() {
        return message + " with an impossible number: the " + number + " is " + value + ", allowed is " + allowed;
    }
}
