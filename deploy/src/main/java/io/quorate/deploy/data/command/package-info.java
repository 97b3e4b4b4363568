/** The data commands of {@code quorate}: each is the HTTP request that it is. */
package io.quorate.deploy.data.command;
