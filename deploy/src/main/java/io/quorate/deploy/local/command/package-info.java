/** {@code quorate cluster} and {@code quorate demo}. */
package io.quorate.deploy.local.command;
