package dev.penstock.training;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The splits of a dataset, in the order they were declared. They may leave gaps but never overlap,
 * so a row belongs to one split or to none.
 */
public record Splits(List<Split> splits) {
  /** What {@link #indexOf} answers for a row of no split. */
  public static final int NONE = -1;

  public Splits {
    splits = List.copyOf(splits);
    if (splits.isEmpty()) {
      throw new PenstockException(
          ErrorCode.DEFINITION_MISSING_FIELD, "a dataset has no splits", "name at least one");
    }
    Set<String> names = new HashSet<>();
    for (Split split : splits) {
      if (!names.add(split.name())) {
        throw new PenstockException(
            ErrorCode.DEFINITION_DUPLICATE, "two splits are named '" + split.name() + "'", "");
      }
    }
    List<Split> ordered = new ArrayList<>(splits);
    ordered.sort(Comparator.comparingLong(Split::from));
    for (int i = 1; i < ordered.size(); i++) {
      if (ordered.get(i).from() < ordered.get(i - 1).to()) {
        throw new PenstockException(
            ErrorCode.DEFINITION_VALUE,
            "the splits '"
                + ordered.get(i - 1).name()
                + "' and '"
                + ordered.get(i).name()
                + "' overlap",
            "a row may be in one split only; 'to' is exclusive, so one may start where another"
                + " ends");
      }
    }
  }

  public static Splits of(Split... splits) {
    return new Splits(List.of(splits));
  }

  /** The index of the split that holds rows of that time, or {@link #NONE}. */
  public int indexOf(long eventTime) {
    for (int i = 0; i < splits.size(); i++) {
      if (splits.get(i).contains(eventTime)) {
        return i;
      }
    }
    return NONE;
  }

  /**
   * The split of that name.
   *
   * @throws PenstockException {@link ErrorCode#NOT_FOUND}
   */
  public Split named(String name) {
    return splits.stream()
        .filter(split -> split.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.NOT_FOUND,
                    "there is no split '" + name + "'",
                    Suggestion.among(name, splits.stream().map(Split::name).toList())));
  }
}
