/** {@code GET /v1/kv}: ranges of keys, as pages of JSON or as a stream of lines, and the cursor that continues one. */
package io.quorate.coordinator.api.scan;
