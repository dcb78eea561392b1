package dev.penstock.app.command;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "catalog",
    description = "What there is, how it is computed, who owns it.",
    subcommands = {
      CatalogCommand.ListAll.class,
      CatalogCommand.Search.class,
      CatalogCommand.Show.class
    })
final class CatalogCommand {
  @Command(name = "list", description = "List definitions.")
  static final class ListAll implements ProjectCommand {
    @Option(names = "--kind", paramLabel = "KIND", description = "Only of one kind.")
    private @Nullable String kind;

    @Override
    public Answer run(Operations project, Call call) {
      return project.listCatalog(kind);
    }
  }

  @Command(name = "search", description = "Find definitions by name, description or column.")
  static final class Search implements ProjectCommand {
    @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for.")
    private List<String> words = new ArrayList<>();

    @Override
    public Answer run(Operations project, Call call) {
      return project.searchCatalog(String.join(" ", words));
    }
  }

  @Command(name = "show", description = "Show one definition.")
  static final class Show implements ProjectCommand {
    @Parameters(paramLabel = "NAME", description = "Its name, or VIEW:FEATURE.")
    private String name = "";

    @Override
    public Answer run(Operations project, Call call) {
      return project.showCatalog(name);
    }
  }
}
