/**
 * What a benchmark sends, as bytes built in advance, and what it reads of the answers. The keys that it asks for, and
 * how often, are here too. Nothing here knows a socket or a clock.
 */
package io.quorate.deploy.bench.request;
