package dev.penstock.platform.internal.compiled;

import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.feature.Feature;
import dev.penstock.feature.OnDemandFeature;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.format.InputFile;
import dev.penstock.platform.compiled.Canonical;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.compiled.CompiledTransform;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.compiled.Manifest.Column;
import dev.penstock.platform.definition.About;
import dev.penstock.platform.definition.ColumnDefinition;
import dev.penstock.platform.definition.Definition;
import dev.penstock.platform.definition.EntityDefinition;
import dev.penstock.platform.definition.ExpressionLine;
import dev.penstock.platform.definition.OnDemandViewDefinition;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.SourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what a compiled project is, for those who only want to know. */
final class ManifestWriter {
  private final Project project;
  private final Map<String, CompiledSource> sources;
  private final Map<String, CompiledTransform> transforms;
  private final Map<String, CompiledView> views;
  private final Map<String, CompiledService> services;

  private ManifestWriter(
      Project project,
      Map<String, CompiledSource> sources,
      Map<String, CompiledTransform> transforms,
      Map<String, CompiledView> views,
      Map<String, CompiledService> services) {
    this.project = project;
    this.sources = sources;
    this.transforms = transforms;
    this.views = views;
    this.services = services;
  }

  static Manifest manifest(
      Project project,
      Map<String, CompiledSource> sources,
      Map<String, CompiledTransform> transforms,
      Map<String, CompiledView> views,
      Map<String, CompiledService> services,
      Map<String, Canonical> canonical) {
    ManifestWriter writer = new ManifestWriter(project, sources, transforms, views, services);
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Definition definition : project.definitions()) {
      Canonical meaning = canonical.get(definition.name());
      if (meaning == null) {
        throw new IllegalStateException("not compiled: " + definition.name());
      }
      entries.add(writer.entry(definition, meaning));
    }
    return new Manifest(project.name(), entries);
  }

  private Manifest.Entry entry(Definition definition, Canonical canonical) {
    About about = definition.about();
    return new Manifest.Entry(
        definition.kind(),
        about.name(),
        about.owner(),
        about.description(),
        about.tags(),
        about.place().toString(),
        about.sourceText(),
        canonical.text(),
        canonical.fingerprint(),
        List.copyOf(project.graph().dependencies(about.name())),
        columns(definition),
        content(definition));
  }

  private Manifest.@Nullable Content content(Definition definition) {
    if (definition instanceof SourceDefinition source && source.file() != null) {
      String file = source.file().text();
      Fingerprint content = InputFile.at(project.folder().resolve(file)).fingerprint();
      return new Manifest.Content(file, content);
    }
    return null;
  }

  private List<Column> columns(Definition definition) {
    String name = definition.name();
    CompiledTransform transform = transforms.get(name);
    CompiledView view = views.get(name);
    CompiledService service = services.get(name);
    if (definition instanceof SourceDefinition source) {
      return source(source);
    } else if (transform != null) {
      return transform.schema().fields().stream().map(field -> plain(field, "")).toList();
    } else if (view != null) {
      return view.view().features().stream().map(feature -> feature(view, feature)).toList();
    } else if (service != null) {
      return service(service);
    } else if (definition instanceof EntityDefinition entity) {
      return entity.keys().stream()
          .map(key -> new Column(key.name(), key.field().type().toString(), "", null))
          .toList();
    } else if (definition instanceof OnDemandViewDefinition onDemand) {
      return onDemand.features().stream()
          .map(line -> new Column(line.name(), "", line.expression().text(), null))
          .toList();
    }
    return List.of();
  }

  private List<Column> source(SourceDefinition source) {
    CompiledSource compiled = sources.get(source.name());
    if (compiled == null) {
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    for (ColumnDefinition column : source.columns()) {
      columns.add(plain(column.field(), column.description()));
    }
    for (ExpressionLine line : source.computed()) {
      columns.add(plain(compiled.schema().field(line.name()), line.expression().text().strip()));
    }
    return columns;
  }

  private static Column feature(CompiledView view, Feature feature) {
    return new Column(
        feature.name(),
        feature.type().toString(),
        feature.aggregate().text() + " over " + feature.window().text(),
        view.fingerprint(feature));
  }

  private static List<Column> service(CompiledService service) {
    List<Column> columns = new ArrayList<>();
    for (ServiceView view : service.service().views()) {
      for (Feature feature : view.view().features()) {
        columns.add(
            column(
                service,
                view.column(feature),
                feature.type().toString(),
                view.view().name()
                    + ":"
                    + feature.name()
                    + " of "
                    + String.join(", ", view.requestColumns())));
      }
    }
    for (OnDemandView view : service.service().onDemand()) {
      for (OnDemandFeature feature : view.features()) {
        columns.add(
            column(
                service,
                view.name() + "__" + feature.name(),
                feature.expression().type().toString(),
                feature.expression().text()));
      }
    }
    return columns;
  }

  private static Column column(CompiledService service, String name, String type, String text) {
    return new Column(name, type, text, service.columnFingerprints().get(name));
  }

  private static Column plain(Field field, String text) {
    return new Column(
        field.name(), field.type() + (field.nullable() ? "" : " not null"), text, null);
  }
}
