/** How data commands print what they got: tables, scans, the rounds of an explained request. */
package io.quorate.deploy.data.output;
