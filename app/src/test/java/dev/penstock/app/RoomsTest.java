package dev.penstock.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.penstock.data.SideBySide;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of ARCHITECTURE.md: which room may look at which. */
class RoomsTest {
  private static final Map<String, List<String>> LOOKS_AT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("data", List.of()),
              Map.entry("testkit", List.of("data")),
              Map.entry("sql", List.of("data")),
              Map.entry("format", List.of("data")),
              Map.entry("source", List.of("data", "format")),
              Map.entry("lake", List.of("data", "format")),
              Map.entry("quality", List.of("data")),
              Map.entry("feature", List.of("data")),
              Map.entry("offline", List.of("feature", "lake")),
              Map.entry("online", List.of("feature", "source")),
              Map.entry("embedded", List.of("online", "source")),
              Map.entry("training", List.of("offline", "quality", "lake")),
              Map.entry("model", List.of("training")),
              Map.entry("feedback", List.of("model", "offline", "quality")),
              Map.entry(
                  "platform",
                  List.of("sql", "online", "embedded", "training", "model", "feedback")),
              Map.entry("wire", List.of()),
              Map.entry("app", List.of("platform", "wire"))));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.penstock");

  /** What a room may look at, and what that may look at, and so on; the room itself too. */
  private static Set<String> visible(String room) {
    Set<String> visible = new TreeSet<>(Set.of(room));
    for (String next : LOOKS_AT.get(room)) {
      visible.addAll(visible(next));
    }
    return visible;
  }

  private static String inside(String room) {
    return "dev.penstock." + room + "..";
  }

  @Test
  void every_room_has_code_and_every_package_a_room() {
    Set<String> rooms = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      rooms.add(type.getPackageName().split("\\.", -1)[2]);
    }
    assertThat(rooms).isSubsetOf(LOOKS_AT.keySet());
    // The kit for tests is not on the main class path of anything.
    Set<String> expected = new TreeSet<>(LOOKS_AT.keySet());
    expected.removeAll(rooms);
    assertThat(expected).isSubsetOf("testkit");
  }

  @Test
  void rooms_look_only_where_the_table_says() {
    for (String room : LOOKS_AT.keySet()) {
      List<String> hidden = new ArrayList<>();
      for (String other : LOOKS_AT.keySet()) {
        if (!visible(room).contains(other)) {
          hidden.add(inside(other));
        }
      }
      if (!hidden.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(inside(room))
            .should()
            .dependOnClassesThat(resideInAnyPackage(hidden.toArray(new String[0])))
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void internal_packages_stay_within_their_room() {
    for (String room : LOOKS_AT.keySet()) {
      noClasses()
          .that(not(resideInAPackage(inside(room))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.penstock." + room + ".internal..")
          .check(CLASSES);
    }
  }

  @Test
  void libraries_have_a_room_of_their_own() {
    Map<String, String> rooms =
        Map.of(
            "org.apache.iceberg..", "lake",
            "org.rocksdb..", "embedded",
            "org.apache.calcite..", "sql",
            "ml.dmlc.xgboost4j..", "model",
            "org.apache.avro..", "format",
            "com.linecorp.armeria..", "app",
            "picocli..", "app");
    rooms.forEach(
        (library, room) ->
            noClasses()
                .that(not(resideInAPackage(inside(room))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES));
  }

  @Test
  void only_app_reads_a_clock() {
    noClasses()
        .that(not(resideInAPackage(inside("app"))))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(java.time.ZonedDateTime.class, "now")
        .orShould()
        .callMethod(java.time.OffsetDateTime.class, "now")
        .check(CLASSES);
  }

  @Test
  void meaning_is_pure() {
    noClasses()
        .that()
        .resideInAnyPackage(inside("data"), inside("feature"))
        .and()
        .doNotBelongToAnyOf(SideBySide.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, java.util.Random.class, java.io.File.class, SideBySide.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CLASSES);
  }
}
