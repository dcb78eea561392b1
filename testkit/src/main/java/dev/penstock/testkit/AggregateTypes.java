package dev.penstock.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the reference says each aggregate may be made of: the table of types in {@code
 * docs/reference/aggregates.md}. Functions and types are named as they are written, types without
 * their parameters; {@code by} stands among the functions.
 */
public final class AggregateTypes {
  private static final Path PAGE = Path.of("../docs/reference/aggregates.md");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+)`");

  private final Set<String> types = new LinkedHashSet<>();

  /** By function, the types of its first argument and of its second, if it has one. */
  private final Map<String, List<Set<String>>> taken = new LinkedHashMap<>();

  private AggregateTypes(List<String> table) {
    List<List<String>> columns = cells(table.get(0)).stream().map(AggregateTypes::names).toList();
    columns.forEach(types::addAll);
    for (String line : table.subList(2, table.size())) {
      List<String> cells = cells(line);
      Set<String> allowed = new LinkedHashSet<>();
      for (int column = 1; column < cells.size(); column++) {
        if (cells.get(column).equals("yes")) {
          allowed.addAll(columns.get(column));
        }
      }
      int only = cells.get(0).startsWith("*x*") ? 0 : cells.get(0).startsWith("*y*") ? 1 : -1;
      for (String function : names(cells.get(0))) {
        List<Set<String>> arguments = taken.computeIfAbsent(function, name -> none());
        for (int argument = 0; argument < arguments.size(); argument++) {
          if (only < 0 || only == argument) {
            arguments.get(argument).addAll(allowed);
          }
        }
      }
    }
  }

  /** Reads the page of the checkout, from a room's folder. */
  public static AggregateTypes read() {
    try {
      List<String> lines = Files.readAllLines(PAGE);
      List<String> rest = lines.subList(lines.indexOf("## Types"), lines.size());
      return new AggregateTypes(rest.stream().filter(line -> line.startsWith("|")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Set<String>> none() {
    return List.of(new LinkedHashSet<>(), new LinkedHashSet<>());
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return cells;
  }

  private static List<String> names(String cell) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(cell);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  public Set<String> functions() {
    return Collections.unmodifiableSet(taken.keySet());
  }

  public Set<String> types() {
    return Collections.unmodifiableSet(types);
  }

  /**
   * The types that an argument may be of; none of a function that the page does not have.
   *
   * @param argument 0 or 1
   */
  public Set<String> of(String function, int argument) {
    return Collections.unmodifiableSet(taken.getOrDefault(function, none()).get(argument));
  }
}
