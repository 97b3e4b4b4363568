package io.quorate.coordinator.operation.function;

/**
 * How one function ended at its place in a bundle. All functions of a bundle have the version of one record. The
 * register has that version with the value behind the last change only.
 *
 * @param changesBefore how many functions of the bundle changed the key before this one
 * @param isRegister whether the register at the answer's version holds what this function left. Only then the version
 *     is of use in a condition
 */
public record FunctionReport(FunctionVerdict verdict, int changesBefore, boolean isRegister) {}
