package dev.penstock.app;

import dev.penstock.app.command.Age;
import dev.penstock.app.command.Call;
import dev.penstock.app.command.GlobalOptions;
import dev.penstock.app.command.Invocation;
import dev.penstock.app.command.LocalCommand;
import dev.penstock.app.command.Moment;
import dev.penstock.app.command.OwnerCommand;
import dev.penstock.app.command.PenstockCommand;
import dev.penstock.app.command.ProjectCommand;
import dev.penstock.app.command.Written;
import dev.penstock.app.owner.ForwardedCommand;
import dev.penstock.app.print.AnswerJson;
import dev.penstock.app.print.AnswerText;
import dev.penstock.app.print.TerminalProgress;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.platform.definition.DefinitionErrors;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Understands a command line, runs it, prints its answer or its error, and gives the exit code: 0
 * done, 1 the work failed, 2 wrong usage or definitions, 3 conflict, try again.
 */
public final class Cli {
  private final Invocation invocation;

  private Cli(Invocation invocation) {
    this.invocation = invocation;
  }

  public static int run(Invocation invocation, List<String> arguments) {
    return new Cli(invocation).run(arguments);
  }

  private int run(List<String> arguments) {
    PenstockCommand root = new PenstockCommand();
    // What cannot be parsed may still have asked for JSON.
    boolean json = arguments.contains("--json");
    try {
      ParseResult parsed =
          parser(root)
              .setOut(invocation.out())
              .setErr(invocation.err())
              .parseArgs(arguments.toArray(new String[0]));
      Integer helped = CommandLine.executeHelpRequest(parsed);
      return helped != null ? helped : dispatch(root.global(), leaf(parsed), arguments);
    } catch (ParameterException e) {
      return fail(usage(e), json);
    } catch (PenstockException e) {
      return fail(e, json);
    } catch (DefinitionErrors e) {
      return fail(e, json);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return fail(unexpected(e), json);
    } finally {
      invocation.out().flush();
      invocation.err().flush();
    }
  }

  /** All commands, ready to parse. */
  static CommandLine parser(PenstockCommand root) {
    return new CommandLine(root)
        .registerConverter(Assignment.class, Written::assignment)
        .registerConverter(Moment.class, Moment::parse)
        .registerConverter(Age.class, Age::parse)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
  }

  private int dispatch(GlobalOptions global, ParseResult leaf, List<String> arguments) {
    Object command = leaf.commandSpec().userObject();
    String name = leaf.commandSpec().qualifiedName().replaceFirst("^penstock ", "");
    if (command instanceof LocalCommand local) {
      return local.run(invocation, global.json());
    }
    if (command instanceof ProjectCommand work) {
      Workspace workspace = global.workspace(invocation.folder());
      return invocation
          .projects()
          .run(
              workspace,
              name,
              project ->
                  withProgress(
                      workspace, global.json(), call -> print(work.run(project, call), call)),
              owner ->
                  new ForwardedCommand(arguments, invocation.folder(), invocation.screen())
                      .send(owner, invocation.out(), invocation.err()));
    }
    if (command instanceof OwnerCommand work) {
      Workspace workspace = global.workspace(invocation.folder());
      return invocation
          .projects()
          .own(
              workspace,
              name,
              (project, lock) ->
                  withProgress(workspace, global.json(), call -> work.run(project, lock, call)));
    }
    throw new ParameterException(leaf.commandSpec().commandLine(), "a command is missing");
  }

  private int withProgress(Workspace workspace, boolean json, Function<Call, Integer> work) {
    if (!invocation.screen().interactive() || json) {
      return work.apply(new Call(invocation, workspace, json, Progress.SILENT));
    }
    try (TerminalProgress progress =
        new TerminalProgress(invocation.err(), invocation.clock(), invocation.screen().width())) {
      return work.apply(new Call(invocation, workspace, json, progress));
    }
  }

  private int print(Answer answer, Call call) {
    if (call.progress() instanceof TerminalProgress progress) {
      progress.close();
    }
    if (call.json()) {
      AnswerJson.print(answer, invocation.out());
    } else {
      AnswerText.print(answer, invocation.out());
    }
    PenstockException failure = answer.failure();
    return failure == null ? 0 : fail(failure, call.json());
  }

  private int fail(PenstockException error, boolean json) {
    fail(List.of(error), error, json);
    return error.code().kind().exitCode();
  }

  /** All that is wrong with the definitions, a line each. */
  private int fail(DefinitionErrors errors, boolean json) {
    fail(errors.errors(), errors, json);
    return ErrorCode.Kind.USAGE.exitCode();
  }

  private void fail(List<PenstockException> errors, RuntimeException thrown, boolean json) {
    if (json) {
      AnswerJson.print(errors, invocation.err());
    } else {
      for (PenstockException error : errors) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        invocation.err().println(message.strip().replaceAll("\\s*[\\r\\n]+\\s*", " "));
      }
    }
    if ("1".equals(invocation.variables().get("PENSTOCK_DEBUG"))) {
      thrown.printStackTrace(invocation.err());
    }
  }

  private static PenstockException usage(ParameterException error) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    String message = error.getMessage() == null ? "wrong arguments" : error.getMessage();
    return new PenstockException(
        ErrorCode.USAGE, null, message, "see " + command + " --help", error);
  }

  private static PenstockException unexpected(Throwable error) {
    return new PenstockException(
        ErrorCode.INTERNAL,
        null,
        error.getClass().getSimpleName() + ": " + error.getMessage(),
        "this is a fault of Penstock; PENSTOCK_DEBUG=1 shows where it happened",
        error);
  }

  private static ParseResult leaf(ParseResult parsed) {
    ParseResult leaf = parsed;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    return leaf;
  }
}
