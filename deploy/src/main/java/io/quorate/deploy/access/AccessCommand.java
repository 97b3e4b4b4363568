package io.quorate.deploy.access;

import picocli.CommandLine.Command;

@Command(
        name = "access",
        description = "Says who may do what: changes and shows an access file.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AddTokenCommand.class, GrantCommand.class, RevokeCommand.class, ListAccessCommand.class},
        footer = {
            "",
            "The file is the accessFile of the configuration. Copy it to every process of the cluster. A process reads it again "
                    + "within seconds. The file holds digests of tokens and no token.",
            "",
            "A grant is ROLE or ROLE:PREFIX. Roles:",
            "  read      values, versions, scans, copies of a key, what became of a write",
            "  write     puts and deletes; a condition needs read too",
            "  observe   cluster, nodes, metrics, convergence, events, slow requests; no keys",
            "  operate   checkpoints, passes in a hurry, faults",
            "  admin     everything, with all keys",
            "A prefix is the first bytes of keys, only for read and write. %%XX in it is one byte.",
            "",
            "Examples:",
            "  quorate access add-token app --grant read:app/ --grant write:app/",
            "  quorate access grant app --grant observe",
            "  quorate access revoke app --token 1f3a90bc",
            "  quorate access list"
        })
public final class AccessCommand {}
