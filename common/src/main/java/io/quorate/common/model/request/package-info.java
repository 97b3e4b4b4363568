/** What replicas remember of a request with an idempotency key: its result, the votes for it and its trace. */
package io.quorate.common.model.request;
