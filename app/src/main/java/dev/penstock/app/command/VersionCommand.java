package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "version",
    description = "Versions of the whole lake: name, compare, branch, merge.",
    subcommands = {
      VersionCommand.Create.class,
      VersionCommand.ListVersions.class,
      VersionCommand.Diff.class,
      VersionCommand.Checkout.class,
      VersionCommand.Merge.class,
      VersionCommand.Drop.class
    })
final class VersionCommand {
  @Command(name = "create", description = "Name all tables as they are now; they are kept.")
  static final class Create implements ProjectCommand {
    @Parameters(paramLabel = "NAME", description = "A new name.")
    private String name = "";

    @Option(names = "--message", paramLabel = "TEXT", description = "What it is for.")
    private String message = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.createVersion(name, message);
    }
  }

  @Command(name = "list", description = "List versions, and branches that began at one.")
  static final class ListVersions implements ProjectCommand {
    @Override
    public Answer run(Operations project, Call call) {
      return project.listVersions();
    }
  }

  @Command(name = "diff", description = "What changed: columns, rows, keys.")
  static final class Diff implements ProjectCommand {
    @Parameters(index = "0", paramLabel = "FROM", description = "A version, or now.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "A version, or now.")
    private String to = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.diffVersions(from, to);
    }
  }

  @Command(name = "checkout", description = "Begin a branch on every table; copies nothing.")
  static final class Checkout implements ProjectCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The version it begins at.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "BRANCH", description = "A new name.")
    private String branch = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.checkoutVersion(name, branch);
    }
  }

  @Command(
      name = "merge",
      description = "Publish what changed on a branch, if no table changed here too.")
  static final class Merge implements ProjectCommand {
    @Parameters(paramLabel = "BRANCH", description = "Its name.")
    private String branch = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.mergeBranch(branch);
    }
  }

  @Command(
      name = "drop",
      description = "Forget a version, or a branch with all rows that are only there.")
  static final class Drop implements ProjectCommand {
    @Parameters(paramLabel = "NAME", description = "A version's or a branch's name.")
    private String name = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.dropVersion(name);
    }
  }
}
