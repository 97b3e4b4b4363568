/** Arguments and options that data commands share, parsed and checked. */
package io.quorate.deploy.data.option;
