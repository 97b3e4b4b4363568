/**
 * Checks that {@code /openapi.yaml} is true. {@link io.quorate.deploy.openapi.ApiDocument} is the document as a node
 * serves it, {@link io.quorate.deploy.openapi.ApiOperation} judges an answer by it, and {@code OpenApiIT} drives every
 * operation and status in it against real nodes.
 */
package io.quorate.deploy.openapi;
