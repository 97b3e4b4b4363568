package io.quorate.deploy.terminal;

/** {@code -o}: for people, or for programs. */
public enum OutputFormat {
    table,
    json
}
