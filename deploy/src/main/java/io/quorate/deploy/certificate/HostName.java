package io.quorate.deploy.certificate;

import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/** A DNS name or an address by which clients reach a server. */
public record HostName(String text, boolean isAddress) {
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern DNS_NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
    private static final int LENGTH_MAX = 253;

    /** @throws IllegalArgumentException if the text is neither a DNS name nor an address */
    public static HostName parse(String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (IPAddress.isValid(host)) {
            return new HostName(host, true);
        }
        // A name whose last label is a number would be a wrong address.
        if (host.length() > LENGTH_MAX || !DNS_NAME.matcher(host).matches() || host.matches("(.*\\.)?\\d+")) {
            throw new IllegalArgumentException("'" + text + "' is neither a DNS name nor an address; give a host"
                    + " without a port, such as db1.example.com, 10.0.0.1 or ::1");
        }
        return new HostName(host, false);
    }

    GeneralName generalName() {
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, text);
    }
}
