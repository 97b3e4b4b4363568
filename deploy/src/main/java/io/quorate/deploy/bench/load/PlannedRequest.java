package io.quorate.deploy.bench.load;

import io.quorate.deploy.bench.request.RequestKind;
import io.vertx.core.buffer.Buffer;

/** A request that is about to be sent. */
record PlannedRequest(RequestKind kind, Buffer bytes) {}
