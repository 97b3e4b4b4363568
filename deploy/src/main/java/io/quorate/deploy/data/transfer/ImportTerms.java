package io.quorate.deploy.data.transfer;

/**
 * How an import treats its lines.
 *
 * @param fromLine the first line that is imported; the first of the file is 1
 * @param ifAbsent whether a key that has a value keeps it
 * @param keepGoing whether a line that fails does not end the import
 * @param needsEnd whether the lines have to be a whole export
 */
public record ImportTerms(long fromLine, boolean ifAbsent, boolean keepGoing, boolean needsEnd) {}
