package dev.penstock.platform.definition;

import dev.penstock.data.PenstockException;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a project's definitions, in the order of files and lines. */
public final class DefinitionErrors extends RuntimeException {
  private final transient List<PenstockException> errors;

  public DefinitionErrors(List<PenstockException> errors) {
    super(errors.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  public List<PenstockException> errors() {
    return errors;
  }
}
