package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project whose tables are catalogued in a real PostgreSQL. */
class PostgresProjectTest {
  private static final int ROWS = 500;
  private static final String ALL = "SELECT * EXCLUDE (_seen_time) FROM taps ORDER BY ALL";

  private static final String FEATURE = "flow:drops_lifetime";

  @TempDir static Path data;
  private static PostgresServer postgres;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    postgres = new PostgresServer(data);
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void project_lives_on_postgresql_as_on_sqlite() throws Exception {
    Path server = project("server", postgres.port(), postgres.database("life"));
    Path file = project("file", "");

    assertThat(life(server)).isEqualTo(life(file)).contains("tap0", "\"rows\"");
    assertThat(postgres.number("life", "SELECT count(*) FROM iceberg_tables")).isPositive();
    assertThat(Files.exists(server.resolve(".penstock/lake/catalog.db"))).isFalse();
    assertThat(Files.exists(file.resolve(".penstock/lake/catalog.db"))).isTrue();
  }

  /** What the commands of a project's life print that names neither moment nor snapshot. */
  private static String life(Path project) throws IOException {
    run(project, "apply");
    run(project, "ingest", "taps", rows(project, "first").toString());
    run(project, "version", "create", "january");
    run(project, "ingest", "taps", rows(project, "more").toString());
    run(project, "gc");
    return run(project, "sql", ALL, "--json")
        + run(project, "sql", ALL, "--at", "january", "--json")
        + run(project, "features", "get", "--key", "tap=tap1", "--features", FEATURE)
            .replaceAll("(?m)^at .*$", "")
        + run(project, "version", "diff", "january", "now", "--json")
        + run(project, "quarantine", "list", "taps", "--json");
  }

  @Test
  void server_shows_its_tables_to_other_engines_and_outlives_its_database() throws Exception {
    Path project = project("served", postgres.port(), postgres.database("served"));
    SmallFlights.replace(
        project.resolve("penstock.yaml"), "local: \\{", "local: {flush: {seconds: 1}, ");
    run(project, "apply");
    try (Processes processes = new Processes()) {
      Processes.Server server = processes.serve(project);
      assertThat(get(server.address() + "/iceberg/v1/namespaces/taps/tables"))
          .contains("\"name\":\"taps\"");
      push(server, "before");
      postgres.kill();
      push(server, "meanwhile");
      assertThat(Processes.await(server.process(), () -> isWarned(server))).isTrue();
      assertThat(get(server.address() + "/iceberg/v1/namespaces/taps/tables"))
          .contains("\"code\":503")
          .doesNotContain("s3cret");
      postgres.startAgain();
      push(server, "after");
      assertThat(get(server.address() + "/iceberg/v1/namespaces/taps/tables"))
          .contains("\"name\":\"taps\"");
      server.process().destroy();
      server.process().onExit().join();
    }
    assertThat(run(project, "sql", "SELECT _id FROM taps ORDER BY 1", "--json"))
        .contains("after", "before", "meanwhile");
  }

  private static boolean isWarned(Processes.Server server) {
    try {
      String health = get(server.address() + "/health");
      assertThat(health).doesNotContain("s3cret");
      return health.contains("moving them to the lake fails")
          && health.contains("localhost:" + postgres.port() + "/served");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void commit_whose_line_is_cut_is_made_once() throws Exception {
    String database = postgres.database("cut");
    try (CuttingProxy proxy = new CuttingProxy(postgres.port())) {
      Path project = project("cut", proxy.port(), database);
      run(project, "apply");
      int cuts = 0;
      for (CuttingProxy.Side side : CuttingProxy.Side.values()) {
        boolean cut = true;
        for (int commit = 1; cut; commit++) {
          String file = rows(project, side + "-" + commit).toString();
          proxy.cutAt(commit, side, () -> {});
          CommandLineRun ingest = CommandLineRun.onDisk(project, "ingest", "taps", file);
          cut = proxy.wasCut();
          if (cut) {
            cuts++;
            assertThat(ingest.exit()).as(ingest.err()).isEqualTo(3);
            assertThat(ingest.err())
                .startsWith("UNKNOWN_STATE ")
                .contains("localhost:" + proxy.port() + "/cut", "run the same command again");
            run(project, "ingest", "taps", file);
          } else {
            assertThat(ingest.exit()).as(ingest.err()).isZero();
          }
          proxy.cutAt(0, side, () -> {});
          assertOnce(project, file);
        }
      }
      assertThat(cuts).isGreaterThan(2);
    }
  }

  @Test
  void ingest_whose_database_is_killed_is_completed_by_the_same_command() throws Exception {
    String database = postgres.database("killed");
    try (CuttingProxy proxy = new CuttingProxy(postgres.port())) {
      Path project = project("killed", proxy.port(), database);
      run(project, "apply");
      String file = rows(project, "rows").toString();
      proxy.cutAt(1, CuttingProxy.Side.ANSWERED, PostgresProjectTest::kill);
      CommandLineRun ingest = CommandLineRun.onDisk(project, "ingest", "taps", file);
      CommandLineRun down = CommandLineRun.onDisk(project, "ingest", "taps", file);
      postgres.startAgain();

      assertThat(ingest.err()).startsWith("UNKNOWN_STATE ");
      assertThat(down.exit()).isEqualTo(1);
      assertThat(down.err()).startsWith("IO the catalog's database at localhost:");
      run(project, "ingest", "taps", file);
      assertOnce(project, file);
    }
  }

  private static void kill() {
    try {
      postgres.kill();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertOnce(Path project, String file) {
    String name = Path.of(file).getFileName().toString().replace(".csv", "");
    assertThat(
            run(
                project,
                "sql",
                "SELECT count(*), count(DISTINCT note) FROM taps WHERE note LIKE '" + name + ":%'",
                "--json"))
        .as(name)
        .contains("%d".formatted(ROWS))
        .doesNotContain("%d".formatted(2 * ROWS));
    assertThat(run(project, "sql", "SELECT count(*) - max(_offset) AS n FROM taps", "--json"))
        .contains("\"n\" : 1");
  }

  @Test
  void tables_are_changed_by_one_process_at_a_time() throws Exception {
    Path project = project("first", postgres.port(), postgres.database("shared"));
    run(project, "apply");
    Path copy = Processes.copy(project, folder.resolve("copy"));
    try (Processes processes = new Processes()) {
      Processes.Server server = processes.serve(project);
      get(server.address() + "/iceberg/v1/namespaces/taps/tables");
      CommandLineRun second = CommandLineRun.onDisk(copy, "sql", "SELECT * FROM taps");

      assertThat(second.exit()).isEqualTo(3);
      assertThat(second.err())
          .startsWith("PROJECT_LOCKED ")
          .contains("in use by Penstock, process " + server.process().pid() + " on ");
      server.process().destroy();
      server.process().onExit().join();
    }
    run(copy, "sql", "SELECT * FROM taps");
  }

  @Test
  void tables_of_another_state_project_or_catalog_are_left_alone() throws Exception {
    String database = postgres.database("owned");
    Path project = project("owner", postgres.port(), database);
    run(project, "apply");
    Path fresh = project("fresh", postgres.port(), database);
    Path other = project("other", postgres.port(), database);
    SmallFlights.replace(other.resolve("penstock.yaml"), "project: taps", "project: pipes");
    Path local = Processes.copy(project, folder.resolve("local"));
    SmallFlights.replace(local.resolve("penstock.yaml"), "lake: \\{[^}]*}", "");
    Path moved = Processes.copy(project, folder.resolve("moved"));
    SmallFlights.replace(
        moved.resolve("penstock.yaml"), "/owned\\?", "/" + postgres.database("empty") + "?");
    Path late = project("late", "");
    run(late, "apply");
    settings(late, PostgresServer.address(postgres.port(), postgres.database("late")));

    assertThat(refused(fresh)).contains("belong to another state, begun in " + project);
    assertThat(refused(other)).contains("has the tables of project 'taps'");
    assertThat(refused(local)).contains("are catalogued in a database, not there");
    assertThat(refused(moved)).contains("has no tables of this project");
    assertThat(refused(late)).contains("are catalogued there, not in the database at localhost:");
    run(project, "sql", "SELECT * FROM taps");
  }

  private static String refused(Path project) {
    CommandLineRun run = CommandLineRun.onDisk(project, "apply");
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    return run.err();
  }

  @Test
  void password_is_in_no_message_and_in_no_file_of_the_state() throws Exception {
    Path project = project("right", "");
    Files.writeString(
        project.resolve("penstock.yaml"),
        """
        project: taps
        environments:
          local:
            lake:
              catalog: jdbc:postgresql://localhost:%d/%s
              user: shop
              password: %s
        """
            .formatted(postgres.port(), postgres.database("secret"), PostgresServer.PASSWORD));
    String plan = run(project, "plan");
    run(project, "apply");
    Path wrong = project("wrong", "");
    settings(
        wrong, "postgresql://shop:guessed-word@localhost:%d/secret".formatted(postgres.port()));
    CommandLineRun refused = CommandLineRun.onDisk(wrong, Map.of("PENSTOCK_DEBUG", "1"), "apply");
    settings(wrong, "postgresql://shop:guessed-word@localhost:1/secret");
    CommandLineRun unreached = CommandLineRun.onDisk(wrong, Map.of("PENSTOCK_DEBUG", "1"), "apply");

    assertThat(plan).doesNotContain(PostgresServer.PASSWORD);
    assertThat(run(project, "status"))
        .contains("localhost:" + postgres.port() + "/secret")
        .doesNotContain("s3cret");
    assertThat(contents(project)).isNotEmpty().noneMatch(text -> text.contains("s3cret"));
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("IO the catalog's database at localhost:" + postgres.port() + "/secret ")
        .contains("password authentication failed")
        .doesNotContain("guessed");
    assertThat(unreached.err()).contains("localhost:1/secret cannot be").doesNotContain("guessed");
  }

  private static List<String> contents(Path project) throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(project.resolve(".penstock"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private Path project(String name, int port, String database) throws IOException {
    return project(name, PostgresServer.address(port, database));
  }

  /** The project, with its catalog at this address, or in its own file. */
  private Path project(String name, String catalog) throws IOException {
    Path project = Files.createDirectory(folder.resolve(name));
    Taps.define(project, "");
    settings(project, catalog);
    return project;
  }

  private static void settings(Path project, String catalog) throws IOException {
    Files.writeString(
        project.resolve("penstock.yaml"),
        catalog.isEmpty()
            ? "project: taps\n"
            : "project: taps\nenvironments: {local: {lake: {catalog: \"%s\"}}}\n"
                .formatted(catalog));
  }

  /** A file of rows, whose notes begin with its name. */
  private static Path rows(Path project, String name) throws IOException {
    List<String> lines = new ArrayList<>(List.of("tap,at,drops,note"));
    for (int row = 0; row < ROWS; row++) {
      lines.add(
          "tap%d,2026-01-02T00:%02d:%02dZ,%d,%s:%d"
              .formatted(row % 5, row / 60, row % 60, row, name, row));
    }
    return Files.write(project.resolve(name + ".csv"), lines);
  }

  private static void push(Processes.Server server, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/v1/sources/taps/rows"))
            .header("content-type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"rows\": [" + Taps.row(id, "tap0", "") + "]}"))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }

  private static String run(Path project, String... arguments) {
    CommandLineRun run = CommandLineRun.onDisk(project, arguments);
    assertThat(run.err()).as("%s", String.join(" ", arguments)).isEmpty();
    assertThat(run.exit()).isZero();
    return run.out();
  }
}
