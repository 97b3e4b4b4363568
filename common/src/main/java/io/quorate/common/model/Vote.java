package io.quorate.common.model;

/** That a replica acknowledged a conclusion under a ballot. A conclusion is chosen once a majority did under the same one. */
public record Vote(Ballot ballot, RequestResult result) {}
