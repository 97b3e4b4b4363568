/** The record of who did what. */
package io.quorate.deploy.audit;
