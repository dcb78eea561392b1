package dev.penstock.app.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lake.CatalogDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.iceberg.rest.RESTCompatibilityKitSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The official compatibility kit for Iceberg REST catalogs, as it is, against our server. */
class CompatibilityKitTest {
  /** What the kit of 1.11.0 holds; fewer would mean that a part of it was not found. */
  private static final int SUCCEED = 145;

  /** Of names that the kit leaves out; other tests here have them. */
  private static final int ABORTED = 11;

  /** Where the kit itself puts tables. */
  private static final Path KIT_ROOT = Path.of("/tmp");

  private static final List<String> KIT_FOLDERS = List.of("ns", "newdb");

  @TempDir Path warehouse;

  @Test
  void kit_passes_on_sqlite() {
    passes(CatalogDatabase.sqlite(warehouse));
  }

  @Test
  void kit_passes_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      passes(CatalogDatabase.of(postgres.getJdbcUrl("postgres", "postgres")));
    }
  }

  private void passes(CatalogDatabase database) {
    List<Path> made = KIT_FOLDERS.stream().map(KIT_ROOT::resolve).filter(Files::notExists).toList();
    Properties before = (Properties) System.getProperties().clone();
    TestExecutionSummary summary;
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (CatalogServer server = CatalogServer.start(database, warehouse, KIT_ROOT, temporary)) {
      server.properties().forEach(System::setProperty);
      Map.of("rck.local", "false", "rck.requires-namespace-create", "true")
          .forEach(System::setProperty);
      summary = run();
    } finally {
      System.setProperties(before);
      made.forEach(CompatibilityKitTest::delete);
    }
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures), 20);
    assertThat(summary.getFailures()).as(failures.toString()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(SUCCEED);
    assertThat(summary.getTestsAbortedCount()).isEqualTo(ABORTED);
  }

  private static TestExecutionSummary run() {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(RESTCompatibilityKitSuite.class))
            .configurationParameter("rck.local", "false")
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static void delete(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
