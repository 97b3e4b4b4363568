package io.quorate.deploy;

import io.quorate.deploy.build.Build;
import picocli.CommandLine.IVersionProvider;

/** {@code --version}: which build this is, and on which Java it runs. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"quorate " + Build.ofThisProgram() + ", Java " + Runtime.version()};
    }
}
