package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.platform.definition.DefinitionErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that one load reports all of it. */
public final class Problems {
  private static final Comparator<PenstockException> BY_PLACE =
      Comparator.comparing(
          error -> error.place() == null ? Place.of("") : error.place(),
          Comparator.comparing(Place::file)
              .thenComparingInt(Place::line)
              .thenComparingInt(Place::column));

  private final List<PenstockException> errors = new ArrayList<>();
  private int added;

  public void add(ErrorCode code, Place place, String what, String hint) {
    add(new PenstockException(code, place, what, hint));
  }

  /** Adds a problem; one that was told already, from whatever side, is told once. */
  public void add(PenstockException error) {
    String message = String.valueOf(error.getMessage());
    if (errors.stream().noneMatch(told -> message.equals(told.getMessage()))) {
      errors.add(error);
    }
    added++;
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** How often something was added; for whoever wants to know whether all went well since. */
  public int count() {
    return added;
  }

  /**
   * Does nothing when there was none.
   *
   * @throws DefinitionErrors with all, in the order of their places
   */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new DefinitionErrors(errors.stream().sorted(BY_PLACE).toList());
    }
  }
}
