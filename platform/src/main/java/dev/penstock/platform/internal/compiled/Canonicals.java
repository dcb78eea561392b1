package dev.penstock.platform.internal.compiled;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.compiled.Canonical;
import dev.penstock.platform.compiled.Canonical.Part;
import dev.penstock.platform.definition.Definition;
import dev.penstock.platform.definition.EntityDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what a definition means into a {@link Canonical}. */
final class Canonicals {
  private final Compilation compilation;
  private final String heading;
  private final List<Part> parts = new ArrayList<>();
  private final List<Part> own = new ArrayList<>();
  private final Map<String, Fingerprint> upstream = new TreeMap<>();
  private final List<String> semantics = new ArrayList<>();

  Canonicals(Compilation compilation, Definition definition) {
    this.compilation = compilation;
    this.heading = definition.kind() + " " + definition.name();
  }

  Canonicals part(String name, Object value) {
    parts.add(new Part(name, value.toString()));
    return this;
  }

  /** A part that is in no fingerprint. */
  Canonicals own(String name, Object value) {
    own.add(new Part(name, value.toString()));
    return this;
  }

  Canonicals on(String name) {
    compilation.canonical(name).ifPresent(found -> upstream.put(name, found.fingerprint()));
    return this;
  }

  Canonicals semantics(Collection<String> lines) {
    semantics.addAll(lines);
    return this;
  }

  Canonical done() {
    return new Canonical(heading, parts, own, upstream, semantics);
  }

  static Canonical entity(EntityDefinition entity) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < entity.keys().size(); i++) {
      parts.add(
          new Part(
              "key " + i, entity.keys().get(i).name() + " " + entity.keys().get(i).field().type()));
    }
    return new Canonical(
        entity.kind() + " " + entity.name(), parts, List.of(), Map.of(), List.of());
  }
}
