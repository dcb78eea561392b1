package dev.penstock.platform.compiled;

import dev.penstock.data.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a definition means, line by line: its own parts by name, then what it builds on, then the
 * semantics its functions rest on. Spelling, order of keys, comments, owners and descriptions are
 * not in it.
 *
 * @param heading kind and name: {@code feature_view origin_delays}
 * @param parts own meaning, kept sorted by name
 * @param own parts that say how the definition is kept and not what it gives, such as the checks of
 *     a file: a change of theirs has to be applied and changes no fingerprint
 * @param upstream the fingerprint of each definition it builds on, by name
 * @param semantics as {@link dev.penstock.data.Expression#semantics()} gives them
 */
public record Canonical(
    String heading,
    List<Part> parts,
    List<Part> own,
    Map<String, Fingerprint> upstream,
    List<String> semantics) {
  private static final String OWN = "own ";
  private static final String UPSTREAM = "builds on ";
  private static final String SEMANTICS = "semantics ";

  public Canonical {
    parts = sorted(parts);
    own = sorted(own);
    upstream =
        upstream.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    semantics = semantics.stream().distinct().sorted().toList();
  }

  /** One named piece of meaning. */
  public record Part(String name, String value) {
    @Override
    public String toString() {
      return name + " = " + value.replace("\\", "\\\\").replace("\n", "\\n");
    }
  }

  /** Names what the definition gives; what it builds on is in it, and {@link #own} is not. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(List.of("definition 1", meaning()));
  }

  private String meaning() {
    return new Canonical(heading, parts, List.of(), upstream, semantics).text();
  }

  /** A line for each piece, as the registry keeps it and {@link CanonicalDifference} reads it. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(heading);
    parts.forEach(part -> lines.add(part.toString()));
    own.forEach(part -> lines.add(OWN + part));
    upstream.forEach((name, fingerprint) -> lines.add(UPSTREAM + name + " = " + fingerprint));
    semantics.forEach(line -> lines.add(SEMANTICS + line));
    return String.join("\n", lines) + "\n";
  }

  private static List<Part> sorted(List<Part> parts) {
    return parts.stream()
        .sorted(Comparator.comparing(Part::name).thenComparing(Part::value))
        .toList();
  }
}
