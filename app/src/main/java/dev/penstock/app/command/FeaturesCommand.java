package dev.penstock.app.command;

import picocli.CommandLine.Command;

@Command(
    name = "features",
    description = "Ask for features.",
    subcommands = FeaturesGetCommand.class)
final class FeaturesCommand {}
