package io.quorate.common.tls;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name in a certificate. It is a URI among the subject alternative names.
 *
 * <pre>
 * uri := "quorate://" cluster "/" role "/" name
 * role := node | coordinator | client
 * </pre>
 *
 * @param name of the node, the coordinator or the client, in the form of a {@link NodeId}
 */
public record CertifiedName(ClusterId cluster, CertifiedRole role, NodeId name) {
    /** The kind of a URI among the subject alternative names: RFC 5280, section 4.2.1.6. */
    private static final int URI = 6;

    private static final Pattern FORM = Pattern.compile("quorate://([^/]+)/([a-z]+)/([^/]+)");

    /** Empty if the URI is not such a name. */
    public static Optional<CertifiedName> parse(String uri) {
        Matcher form = FORM.matcher(uri);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            ClusterId cluster = new ClusterId(form.group(1));
            NodeId name = new NodeId(form.group(3));
            return CertifiedRole.of(form.group(2)).map(role -> new CertifiedName(cluster, role, name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The names in a certificate. One of them is enough: two processes may share a certificate. */
    public static List<CertifiedName> allOf(X509Certificate certificate) {
        return uris(certificate).stream()
                .map(CertifiedName::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<String> uris(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(URI))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of(); // names that cannot be read name nobody
        }
    }

    public String uri() {
        return "quorate://" + cluster + "/" + role.word() + "/" + name;
    }

    @Override
    public String toString() {
        return uri();
    }
}
