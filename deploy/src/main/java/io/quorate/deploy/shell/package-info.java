/**
 * {@code quorate shell}: commands one after the other, typed on a terminal or read from standard input. JLine, which
 * edits the line on a terminal, is not loaded without one.
 */
package io.quorate.deploy.shell;
