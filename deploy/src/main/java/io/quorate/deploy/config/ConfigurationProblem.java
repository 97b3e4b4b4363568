package io.quorate.deploy.config;

/**
 * One thing that is wrong in a configuration.
 *
 * @param field where: {@code silentMs}, {@code members[1].port}
 * @param what what is wrong with it
 * @param allowed what would be right
 */
public record ConfigurationProblem(String field, String what, String allowed) {
    @Override
    public String toString() {
        return field + ": " + what + "; " + allowed;
    }
}
