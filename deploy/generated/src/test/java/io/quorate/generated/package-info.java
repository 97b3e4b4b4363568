/**
 * Clients that a generator makes of {@code openapi.yaml}. They show that the document says what generators understand:
 * the clients compile, and their requests have their effect.
 */
package io.quorate.generated;
