package io.quorate.deploy.data.option;

/** How many replicas an answer rests on: {@code consistency} of the API. */
enum ConsistencyArgument {
    linearizable,
    quorum,
    one,
    all
}
