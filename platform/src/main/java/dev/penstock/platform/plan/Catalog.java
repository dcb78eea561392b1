package dev.penstock.platform.plan;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Format;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.compiled.Manifest.Column;
import dev.penstock.platform.compiled.Manifest.Entry;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.registry.AppliedDefinition;
import dev.penstock.platform.registry.Registry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is, how it is computed, who owns it, and what builds on what. */
public final class Catalog {
  private final Manifest manifest;
  private final Registry registry;

  public Catalog(Manifest manifest, Registry registry) {
    this.manifest = manifest;
    this.registry = registry;
  }

  /**
   * All definitions, or those of one kind.
   *
   * @throws PenstockException {@link ErrorCode#USAGE} if that is no kind
   */
  public Answer list(@Nullable String kind) {
    List<Entry> entries = manifest.entries();
    if (kind != null) {
      Kind wanted =
          Kind.ofKey(kind.replace(' ', '_').replace('-', '_'))
              .orElseThrow(
                  () ->
                      new PenstockException(
                          ErrorCode.USAGE,
                          "'" + kind + "' is no kind of definition",
                          Suggestion.among(kind, Kind.keys())));
      entries = entries.stream().filter(entry -> entry.kind() == wanted).toList();
    }
    return table(entries);
  }

  /** Definitions and features with all of these words in names, texts, tags or owner. */
  public Answer search(String words) {
    List<String> wanted =
        Arrays.stream(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).toList();
    Answer.TableBuilder table =
        Answer.builder()
            .table("found")
            .heading("kind")
            .heading("name")
            .heading("owner")
            .heading("what");
    int found = 0;
    for (Hit hit :
        manifest.entries().stream()
            .flatMap(Catalog::hits)
            .filter(hit -> hit.hasAll(wanted))
            .sorted(Comparator.comparingInt((Hit hit) -> hit.rank(wanted)).thenComparing(Hit::name))
            .toList()) {
      table.row(hit.kind(), hit.name(), hit.owner(), hit.what());
      found++;
    }
    Answer.Builder answer = table.end();
    return found == 0
        ? Answer.of("Nothing has '" + words.strip() + "' in it. penstock catalog list shows all.")
        : answer.build();
  }

  /**
   * One definition, or one feature by {@code view:feature}.
   *
   * @throws PenstockException {@link ErrorCode#NOT_FOUND}
   */
  public Answer show(String name) {
    int colon = name.indexOf(':');
    Entry entry =
        manifest
            .find(colon < 0 ? name : name.substring(0, colon))
            .orElseThrow(
                () ->
                    notFound(
                        "definition", name, manifest.entries().stream().map(Entry::name).toList()));
    return colon < 0 ? show(entry) : showFeature(entry, name.substring(colon + 1));
  }

  private Answer show(Entry entry) {
    Answer.Builder answer = Answer.builder();
    Answer.FactsBuilder facts =
        answer
            .facts("definition")
            .fact("kind", entry.kind().words())
            .fact("name", entry.name())
            .fact("owner", entry.owner());
    if (!entry.description().isEmpty()) {
      facts.fact("description", entry.description());
    }
    if (!entry.tags().isEmpty()) {
      facts.fact("tags", String.join(", ", entry.tags()));
    }
    facts.fact("fingerprint", entry.fingerprint().shown()).fact("written at", entry.place());
    applied(entry, facts);
    SourceProfile profile = SourceProfile.of(entry, registry.files());
    profile.describe(facts);
    links(entry, facts).end();
    if (!entry.columns().isEmpty()) {
      Answer.TableBuilder table =
          answer
              .table(entry.kind() == Kind.FEATURE_VIEW ? "features" : "columns")
              .heading("name")
              .heading("type")
              .heading("how");
      entry.columns().forEach(column -> table.row(column.name(), column.type(), column.text()));
      table.end();
    }
    profile.show(answer);
    return answer.note(entry.sourceText().stripTrailing()).build();
  }

  private Answer showFeature(Entry entry, String feature) {
    Column column =
        entry.columns().stream()
            .filter(one -> one.name().equals(feature))
            .findFirst()
            .orElseThrow(
                () ->
                    notFound(
                        "feature of " + entry.name(),
                        feature,
                        entry.columns().stream().map(Column::name).toList()));
    Answer.FactsBuilder facts =
        Answer.builder()
            .facts("feature")
            .fact("name", entry.name() + ":" + column.name())
            .fact("type", column.type())
            .fact("how", column.text())
            .fact("owner", entry.owner());
    if (!entry.description().isEmpty()) {
      facts.fact("description", entry.description());
    }
    if (column.fingerprint() != null) {
      facts.fact("fingerprint", column.fingerprint().shown());
    }
    return links(entry, facts).end().build();
  }

  private void applied(Entry entry, Answer.FactsBuilder facts) {
    Optional<AppliedDefinition> applied = registry.definitions().current(entry.name());
    if (applied.isEmpty()) {
      facts.fact("applied", "not yet");
      return;
    }
    facts.fact("applied", applied.get().appliedMicros(), Format.TIME);
    if (!applied.get().canonical().equals(entry.canonical())) {
      facts.fact("state", "changed since; penstock plan says how");
    }
  }

  private Answer.FactsBuilder links(Entry entry, Answer.FactsBuilder facts) {
    return facts
        .fact("builds on", names(upstream(entry)))
        .fact("used by", names(downstream(entry)));
  }

  private static @Nullable String names(List<Entry> entries) {
    return entries.isEmpty()
        ? null
        : entries.stream().map(Entry::name).collect(Collectors.joining(", "));
  }

  /** All that a definition builds on, near or far, each after those it builds on. */
  public List<Entry> upstream(Entry entry) {
    Set<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(entry.dependencies());
    while (!open.isEmpty()) {
      String next = open.remove();
      if (reached.add(next)) {
        manifest.find(next).ifPresent(found -> open.addAll(found.dependencies()));
      }
    }
    return manifest.select(reached);
  }

  /** All that builds on a definition, near or far, each after those it builds on. */
  public List<Entry> downstream(Entry entry) {
    Set<String> reached = new TreeSet<>();
    for (Entry later : manifest.entries()) {
      if (later.dependencies().contains(entry.name())
          || later.dependencies().stream().anyMatch(reached::contains)) {
        reached.add(later.name());
      }
    }
    return manifest.select(reached);
  }

  private static Answer table(List<Entry> entries) {
    Answer.TableBuilder table =
        Answer.builder()
            .table("definitions")
            .heading("kind")
            .heading("name")
            .heading("owner")
            .heading("description");
    entries.forEach(
        entry -> table.row(entry.kind().words(), entry.name(), entry.owner(), entry.description()));
    return table.end().build();
  }

  /** Something that can be found, and the texts it can be found by. */
  private record Hit(String kind, String name, String owner, String what, String text) {
    boolean hasAll(List<String> words) {
      return words.stream().allMatch(text::contains);
    }

    /** Names come before descriptions, definitions before their features. */
    int rank(List<String> words) {
      boolean inName = words.stream().allMatch(name.toLowerCase(Locale.ROOT)::contains);
      return (inName ? 0 : 2) + (kind.equals("feature") ? 1 : 0);
    }
  }

  private static Stream<Hit> hits(Entry entry) {
    Hit whole =
        hit(
            entry.kind().words(),
            entry.name(),
            entry,
            entry.description(),
            entry.description() + " " + String.join(" ", entry.tags()));
    if (entry.kind() != Kind.FEATURE_VIEW && entry.kind() != Kind.ON_DEMAND_VIEW) {
      return Stream.of(whole);
    }
    return Stream.concat(
        Stream.of(whole),
        entry.columns().stream()
            .map(
                column ->
                    hit(
                        "feature",
                        entry.name() + ":" + column.name(),
                        entry,
                        column.text(),
                        column.text())));
  }

  private static Hit hit(String kind, String name, Entry entry, String what, String texts) {
    String text = String.join(" ", kind, name, entry.owner(), texts).toLowerCase(Locale.ROOT);
    return new Hit(kind, name, entry.owner(), what, text);
  }

  private static PenstockException notFound(String what, String name, List<String> names) {
    return new PenstockException(
        ErrorCode.NOT_FOUND,
        "there is no " + what + " '" + name + "'",
        Suggestion.among(name, names));
  }
}
