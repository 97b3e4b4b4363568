package io.quorate.deploy.terminal;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses options whose values are out of their ranges. */
public record OptionRange(CommandSpec command) {
    /** @throws ParameterException if the value is not within both bounds */
    public void require(String option, long value, long least, long most) {
        require(option, value, value >= least && value <= most, least + " to " + most);
    }

    /** @throws ParameterException with the text of what is allowed, if this value is not */
    public void require(String option, Object value, boolean isAllowed, String allowed) {
        if (!isAllowed) {
            throw new ParameterException(command.commandLine(), option + " is " + value + "; allowed: " + allowed);
        }
    }
}
