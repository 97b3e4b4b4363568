/**
 * Whether a library that ships has a vulnerability that is published. {@code security/advisories.json} keeps what is
 * published, with its day. Each build judges the distribution by it, without a network. {@code scripts/vulnerabilities}
 * brings it up to date.
 */
package io.quorate.deploy.advisory;
