/**
 * HTTP/1.1 as a command needs it: one request, one answer, and the connection ends. A command lives for one request,
 * and the clients of Vert.x and of the JDK take longer to load than all the rest of it. The JDK's old
 * {@code HttpURLConnection} is as fast, but it sends a request again when its connection breaks, and a change must not
 * be sent twice.
 */
package io.quorate.deploy.client.http;
