package io.quorate.deploy.profile;

import io.quorate.deploy.client.profile.Profile;
import io.quorate.deploy.client.profile.ProfileFile;
import io.quorate.deploy.client.profile.ProfileName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The profile that a command names, and the file that has it. */
final class NamedProfile {
    @Parameters(paramLabel = "NAME", converter = ProfileNameConverter.class, description = "the profile")
    private ProfileName name;

    @Mixin
    private ProfileFileOption option;

    ProfileName name() {
        return name;
    }

    ProfileFile file() {
        return option.file();
    }

    Profile read() {
        return file().named(name);
    }
}
