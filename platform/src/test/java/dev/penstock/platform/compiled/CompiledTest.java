package dev.penstock.platform.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Span;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class CompiledTest {
  @TempDir Path folder;

  @Test
  void a_source_becomes_what_acceptance_does() {
    SourceSpec spec = compile(TestProject.complete(folder)).source("trips").spec();
    assertThat(spec.rowSchema().toString())
        .isEqualTo(
            "(at local_timestamp not null, place string not null, fare float64, minutes int64,"
                + " started timestamp)");
    assertThat(spec.eventTime().type()).isEqualTo(Scalar.TIMESTAMP);
    assertThat(spec.rules()).hasSize(1);
    assertThat(spec.eventTime().columns()).containsExactlyInAnyOrder("started", "minutes");
  }

  @Test
  void a_dimension_has_rows_and_no_acceptance() {
    Compiled compiled = compile(TestProject.complete(folder));
    assertThat(compiled.source("places").spec()).isNull();
    assertThat(compiled.source("places").isTimeless()).isTrue();
    Batch rows = DimensionFiles.rows(compiled.project(), compiled.source("places").definition());
    assertThat(rows.rows()).isEqualTo(2);
  }

  @Test
  void retention_is_the_longest_window_and_a_lifetime_is_unbounded() {
    Compiled compiled = compile(TestProject.complete(folder));
    assertThat(compiled.view("place_fares").view().retention()).isEqualTo(Span.parse("7d"));
    assertThat(compiled.view("place_facts").view().retention()).isEqualTo(FeatureView.UNBOUNDED);
    assertThat(compiled.view("place_fares").view().features())
        .extracting(Feature::name)
        .containsExactly("trips_1h", "trips_24h", "fare_24h", "dear_7d", "fare_p90_24h");
    assertThat(compiled.view("place_facts").view().features())
        .extracting(Feature::name)
        .containsExactly("height");
  }

  @Test
  void a_service_asks_for_keys_and_request_fields_once_each() {
    CompiledService service = compile(TestProject.complete(folder)).service("fares");
    assertThat(service.request()).extracting(Field::name).containsExactly("place", "at");
    assertThat(service.service().columns())
        .extracting(Field::name)
        .containsExactly(
            "place_fares__trips_1h",
            "place_fares__trips_24h",
            "place_fares__fare_24h",
            "place_fares__dear_7d",
            "place_fares__fare_p90_24h",
            "facts__height",
            "request__hour",
            "request__hour_fare");
    assertThat(service.columnFingerprints()).hasSize(8);
  }

  @Test
  void a_model_of_some_features_has_them_in_the_order_of_the_service() {
    TestProject project =
        TestProject.complete(folder)
            .change(
                "learning.yaml",
                "features: all",
                "features: [request__hour, place_fares__fare_24h]");
    assertThat(compile(project).model("dear").features())
        .containsExactly("place_fares__fare_24h", "request__hour");
  }

  @Test
  void transforms_over_transforms_run_as_one() {
    TestProject project =
        TestProject.complete(folder)
            .file(
                "more.yaml",
                """
                transform: dear_trips_only
                owner: o
                sql: SELECT place, fare * 2 AS twice FROM ended_trips WHERE dear
                """);
    CompiledTransform transform = compile(project).transforms().get("dear_trips_only");
    assertThat(transform.rootSource()).isEqualTo("trips");
    Batch out = transform.fromRoot().apply(trips(10, 60, 70));
    assertThat(out.rows()).isEqualTo(2);
    assertThat(out.column("twice").value(0)).isEqualTo(120.0);
    assertThat(out.column(SystemColumns.OFFSET).value(1)).isEqualTo(2L);
  }

  @Test
  void a_transform_that_re_times_gives_rows_their_new_time_and_acceptance_its_check() {
    TestProject project =
        TestProject.complete(folder)
            .file(
                "more.yaml",
                """
                transform: started_trips
                owner: o
                event_time: started
                sql: SELECT place, fare FROM trips WHERE fare > 50
                ---
                transform: again
                owner: o
                sql: SELECT place FROM started_trips
                """);
    Compiled compiled = compile(project);
    Batch rows = trips(10, 60, 70);
    for (String name : List.of("started_trips", "again")) {
      Batch out = compiled.rows(name).fromRoot().apply(rows);
      assertThat(out.column(SystemColumns.EVENT_TIME).value(0)).isEqualTo(1001L);
    }
    Expression check = compiled.source("trips").spec().retimings().get(0).expression();
    LongColumn times = (LongColumn) check.evaluate(rows);
    assertThat(times.values()).containsExactly(0, 1001, 1002);
    assertThat(compiled.source("trips").spec().retimings()).hasSize(1);
  }

  @Test
  void the_flights_compile_and_have_their_features() {
    Project project = Project.load(Path.of("../examples/flights"), "local", Map.of());
    Compiled compiled = compile(project);
    assertThat(compiled.service("flight_delay").service().columns().size()).isBetween(40, 60);
    assertThat(compiled.service("flight_delay").request())
        .extracting(Field::toString)
        .containsExactlyInAnyOrder(
            "origin string not null",
            "destination string not null",
            "date local_timestamp",
            "distance int64");
    assertThat(compiled.model("late_arrival_static").features()).hasSize(5);
    assertThat(compiled.source("landings").spec().retimings()).hasSize(1);
    assertThat(compiled.transforms().get("airport_days").isRowWise()).isFalse();
  }

  public static Compiled compile(TestProject project) {
    return compile(project.load());
  }

  static Compiled compile(Project project) {
    return Compiled.of(project, DimensionFiles.of(project), TestEngine.INSTANCE);
  }

  /**
   * Accepted trips with these fares; the i-th starts 1000 + i µs after 1970 and ends an hour on.
   */
  private static Batch trips(double... fares) {
    Schema schema =
        Schema.of(
                Field.required("at", Scalar.LOCAL_TIMESTAMP),
                Field.required("place", Scalar.STRING),
                Field.of("fare", Scalar.FLOAT64),
                Field.of("minutes", Scalar.INT64),
                Field.of("started", Scalar.TIMESTAMP))
            .with(SystemColumns.FIELDS);
    List<ColumnBuilder> columns =
        schema.fields().stream().map(field -> ColumnBuilder.of(field.type(), 8)).toList();
    for (int i = 0; i < fares.length; i++) {
      Object[] row = {
        1000L + i, "A", fares[i], 60L, 1000L + i, 3_600_000_000L, 3_600_000_000L, 0, (long) i, "x"
      };
      for (int c = 0; c < row.length; c++) {
        columns.get(c).append(row[c]);
      }
    }
    return new Batch(schema, columns.stream().map(ColumnBuilder::build).toList());
  }
}
