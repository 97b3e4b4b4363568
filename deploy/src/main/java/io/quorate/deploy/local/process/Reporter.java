package io.quorate.deploy.local.process;

/** Where those who carry out a command say how it goes: a terminal, or a node's log. */
public interface Reporter {
    void report(String line);

    void warn(String line);
}
