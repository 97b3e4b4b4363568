package io.quorate.deploy;

import picocli.CommandLine.IVersionProvider;

/** {@code --version}: the version in the jar's manifest, and that of Java. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {"quorate " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()};
    }
}
