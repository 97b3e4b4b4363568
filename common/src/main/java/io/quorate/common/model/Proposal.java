package io.quorate.common.model;

/**
 * A record that a conditional write wants a register to have, under the ballot by which it was proposed last. Once a
 * majority has accepted it under one ballot it is <em>chosen</em>: no other record will ever have its version.
 */
public record Proposal(Ballot ballot, Record record) {}
