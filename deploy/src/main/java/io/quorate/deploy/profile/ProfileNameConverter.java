package io.quorate.deploy.profile;

import io.quorate.deploy.client.profile.ProfileName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a profile on the command line. */
final class ProfileNameConverter implements ITypeConverter<ProfileName> {
    @Override
    public ProfileName convert(String text) {
        try {
            return new ProfileName(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
