package io.quorate.deploy.access;

import io.quorate.coordinator.api.access.Grant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a grant of the command line. */
final class GrantConverter implements ITypeConverter<Grant> {
    @Override
    public Grant convert(String text) {
        try {
            return Grant.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
