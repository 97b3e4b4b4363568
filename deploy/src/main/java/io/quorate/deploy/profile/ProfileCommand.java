package io.quorate.deploy.profile;

import picocli.CommandLine.Command;

@Command(
        name = "profile",
        description = "Gives names to clusters: what a command needs to reach one, in a file.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListProfilesCommand.class,
            ShowProfileCommand.class,
            SetProfileCommand.class,
            DeleteProfileCommand.class
        },
        footer = {
            "",
            "The commands that speak to a cluster take --profile NAME, or QUORATE_PROFILE. With --profile, no variable such as "
                    + "QUORATE_ENDPOINTS or QUORATE_TOKEN counts. Other options go before it, but --endpoint must name "
                    + "endpoints of the profile. A profile of QUORATE_PROFILE gives nothing if --endpoint or "
                    + "QUORATE_ENDPOINTS names endpoints. Otherwise variables go before it. The file holds no secret, only "
                    + "the names of the files that do. Paths in it are relative to the file.",
            "",
            "Examples:",
            "  quorate profile set prod -e https://db1.example.com:7001 --ca ca.crt --token-file prod.token",
            "  quorate nodes --profile prod",
            "  export QUORATE_PROFILE=prod",
            "  quorate profile list"
        })
public final class ProfileCommand {}
