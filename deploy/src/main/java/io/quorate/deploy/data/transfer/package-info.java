/**
 * Many keys into a file and out of it: lines of JSON, one for each key, in the form in which a scan prints them. An
 * export goes on behind its last line after an interruption, and an import with the first line that it did not finish.
 */
package io.quorate.deploy.data.transfer;
