/**
 * How every command speaks to its user: exit codes, failures in one line, tables, progress bars, and the properties of
 * the terminal. It imports nothing else of Quorate but the clock.
 */
package io.quorate.deploy.terminal;
