package dev.penstock.platform.compiled;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two canonical texts of one definition.
 *
 * @param meaning changes of its own parts, worded: {@code where: delay > 0 → delay > 5}
 * @param upstream names of what it builds on that came, went or changed
 * @param semantics changes of functions, lookups and zone rules, worded
 */
public record CanonicalDifference(
    List<String> meaning, List<String> upstream, List<String> semantics) {
  private static final String UPSTREAM = "builds on ";
  private static final String SEMANTICS = "semantics ";
  private static final String OWN = "own ";

  public CanonicalDifference {
    meaning = List.copyOf(meaning);
    upstream = List.copyOf(upstream);
    semantics = List.copyOf(semantics);
  }

  /** Compares two texts as {@link Canonical#text} writes them. */
  public static CanonicalDifference between(String before, String after) {
    Map<String, String> old = lines(before);
    Map<String, String> now = lines(after);
    List<String> meaning = new ArrayList<>();
    List<String> upstream = new ArrayList<>();
    List<String> semantics = new ArrayList<>();
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String from = old.get(name);
      String to = now.get(name);
      if (Objects.equals(from, to)) {
        continue;
      }
      if (name.startsWith(UPSTREAM)) {
        upstream.add(name.substring(UPSTREAM.length()));
      } else if (name.startsWith(SEMANTICS)) {
        semantics.add(semantics(name.substring(SEMANTICS.length()), from, to));
      } else {
        String part = name.startsWith(OWN) ? name.substring(OWN.length()) : name;
        if (from == null) {
          meaning.add(part + " added: " + to);
        } else if (to == null) {
          meaning.add(part + " removed: " + from);
        } else {
          meaning.add(part + ": " + from + " → " + to);
        }
      }
    }
    return new CanonicalDifference(meaning, upstream, semantics);
  }

  /**
   * The lines by what they are about. A line of semantics ends with a version or hash, which is its
   * value, so that {@code function to_utc 1} and {@code function to_utc 2} are about one thing.
   */
  private static Map<String, String> lines(String text) {
    Map<String, String> byName = new LinkedHashMap<>();
    text.lines()
        .skip(1)
        .forEach(
            line -> {
              boolean semantics = line.startsWith(SEMANTICS);
              int cut = semantics ? line.lastIndexOf(' ') : line.indexOf(" = ");
              if (cut > 0) {
                byName.put(line.substring(0, cut), line.substring(cut + (semantics ? 1 : 3)));
              }
            });
    return byName;
  }

  private static String semantics(String name, @Nullable String from, @Nullable String to) {
    if (name.startsWith("lookup ")) {
      return from == null || to == null
          ? name + (from == null ? " added" : " removed")
          : "content of " + name + " changed";
    }
    return from == null
        ? name + " added"
        : to == null ? name + " removed" : name + ": " + from + " → " + to;
  }

  public boolean isEmpty() {
    return meaning.isEmpty() && upstream.isEmpty() && semantics.isEmpty();
  }
}
