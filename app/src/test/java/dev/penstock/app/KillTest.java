package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 in the middle of work with files, then the same command again: all is as if nothing had
 * happened.
 */
class KillTest {
  private static final String[] INGEST = {
    "ingest", "landings", "data/past.parquet", "data/more.parquet"
  };

  @TempDir Path folder;
  private final Processes processes = new Processes();
  private Path applied;

  @BeforeEach
  void makeProject() throws Exception {
    applied = folder.resolve("applied");
    SmallFlights.make(applied);
    SmallFlights.cut(applied, "more", "2001-01-10", "2001-01-12", 2);
    run(applied, "apply");
  }

  @AfterEach
  void end() {
    processes.close();
  }

  @Test
  void killed_ingest_repeated_is_an_ingest() throws Exception {
    Path calm = Processes.copy(applied, folder.resolve("calm"));
    run(calm, INGEST);
    long files = Processes.files(calm) - Processes.files(applied);
    String wanted = landings(calm);
    long rows = number(calm, "SELECT count(*) AS n FROM landings");
    assertThat(rows).isGreaterThan(30_000);
    assertThat(number(calm, "SELECT count(DISTINCT _id) AS n FROM landings")).isEqualTo(rows);
    assertThat(number(calm, "SELECT max(_offset) + 1 AS n FROM landings")).isEqualTo(rows);

    List<Long> cutShort = new ArrayList<>();
    long[] rounds = Seeds.of(4, 20).toArray();
    for (long round : rounds) {
      // Killed when a share of the files that it writes is there.
      long step = (round + 1) * files / (rounds.length + 1);
      Path killed = Processes.copy(applied, folder.resolve("killed-" + round));
      Path state = killed.resolve(".penstock");
      long before = Processes.files(state);
      Process ingest = processes.start(killed, INGEST);
      if (Processes.kill(ingest, () -> Processes.files(state) > before + step)) {
        cutShort.add(step);
      }
      run(killed, INGEST);
      assertThat(landings(killed)).as("killed after step %s", step).isEqualTo(wanted);
      run(killed, INGEST);
      assertThat(landings(killed)).as("repeated after step %s", step).isEqualTo(wanted);
    }
    assertThat(cutShort).as("rounds that were cut short").hasSizeGreaterThan(rounds.length / 2);
  }

  @Test
  void killed_transform_run_again_is_whole_and_there_once() throws Exception {
    run(applied, INGEST);
    Path calm = Processes.copy(applied, folder.resolve("calm"));
    run(calm, "run", "--select", "airport_days");
    String wanted = days(calm);

    long files = Processes.files(calm) - Processes.files(applied);

    int cutShort = 0;
    long[] rounds = Seeds.of(2, 8).toArray();
    for (long round : rounds) {
      long step = (round + 1) * files / (rounds.length + 1);
      Path killed = Processes.copy(applied, folder.resolve("killed-" + round));
      Path state = killed.resolve(".penstock");
      long before = Processes.files(state);
      Process work = processes.start(killed, "run", "--select", "airport_days");
      cutShort += Processes.kill(work, () -> Processes.files(state) > before + step) ? 1 : 0;

      assertThat(run(killed, "run", "--select", "airport_days").out()).contains("airport_days");
      assertThat(days(killed)).as("killed after step %s", step).isEqualTo(wanted);
      assertThat(run(killed, "run", "--select", "airport_days").out()).contains("up to date");
      assertThat(days(killed)).isEqualTo(wanted);
    }
    assertThat(cutShort).as("rounds that were cut short").isPositive();
  }

  /** All that there is of the source, whatever snapshots it lies in. */
  private static String landings(Path project) {
    return run(
                project,
                "sql",
                "SELECT count(*), count(DISTINCT _id), count(DISTINCT _offset), min(_offset),"
                    + " bit_xor(hash(_id, _offset, _event_time, _seen_time, date, delay, distance,"
                    + " origin, destination)) FROM landings",
                "--json")
            .out()
        + run(project, "quarantine", "list", "landings", "--json").out();
  }

  private static String days(Path project) {
    return run(
            project,
            "sql",
            "SELECT count(*), sum(flights), bit_xor(hash(airport, day, flights, delay, late))"
                + " FROM airport_days",
            "--json")
        .out();
  }

  private static long number(Path project, String query) throws Exception {
    return new ObjectMapper()
        .readTree(run(project, "sql", query, "--json").out())
        .at("/rows/0/n")
        .asLong();
  }

  private static CommandLineRun run(Path project, String... arguments) {
    CommandLineRun run = CommandLineRun.onDisk(project, arguments);
    assertThat(run.err()).as("%s", String.join(" ", arguments)).isEmpty();
    assertThat(run.exit()).isZero();
    return run;
  }
}
