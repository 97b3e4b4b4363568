package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a principal, which has the form of a {@link NodeId}. */
final class PrincipalNameConverter implements ITypeConverter<NodeId> {
    @Override
    public NodeId convert(String text) {
        try {
            return new NodeId(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
