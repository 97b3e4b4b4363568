package io.quorate.common.model.request;

import io.quorate.common.model.Ballot;

/**
 * A replica's acknowledgement of a result, under a ballot. A result is chosen once a majority voted under the same
 * ballot.
 */
public record Vote(Ballot ballot, RequestResult result) {}
