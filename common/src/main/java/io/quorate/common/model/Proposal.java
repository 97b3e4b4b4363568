package io.quorate.common.model;

/**
 * A record that a conditional write proposes for a register, under the ballot of its last proposal. Once a majority has
 * accepted it under one ballot, the record is <em>chosen</em>: no other record will ever have its version.
 */
public record Proposal(Ballot ballot, Record record) {}
