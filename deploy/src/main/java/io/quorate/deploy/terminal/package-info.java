/**
 * What every command shares with whoever called it: exit codes, failures that are told in one line, tables, bars that show
 * how far long work has come, and what is known of the terminal. Imports nothing else of Quorate but the clock.
 */
package io.quorate.deploy.terminal;
