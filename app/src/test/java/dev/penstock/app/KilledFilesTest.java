package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** kill -9, and a disk that is full, while a folder of files is taken in. */
class KilledFilesTest {
  private static final int FILES = 400;
  private static final int CONTENTS = 200;

  @TempDir Path folder;
  private Path applied;

  @BeforeEach
  void makeProject() throws Exception {
    applied = Files.createDirectory(folder.resolve("applied"));
    Files.writeString(applied.resolve("penstock.yaml"), "project: archive\n");
    Files.writeString(
        applied.resolve("scans.yaml"), "source: scans\nowner: a@example.com\nfiles: '**'\n");
    run(applied, "apply");
    Path scans = Files.createDirectory(folder.resolve("scans"));
    for (int file = 0; file < FILES; file++) {
      Files.writeString(scans.resolve(file + ".txt"), "content " + file % CONTENTS);
    }
  }

  @Test
  void killed_ingest_of_a_folder_repeated_has_every_file_once() throws Exception {
    String[] ingest = {"ingest", "scans", folder.resolve("scans").toString()};
    Path calm = Processes.copy(applied, folder.resolve("calm"));
    run(calm, ingest);
    String wanted = scans(calm);
    assertThat(wanted).contains("\"n\" : " + FILES + ",");
    assertThat(contents(calm)).isEqualTo(CONTENTS);
    long files = Processes.files(calm) - Processes.files(applied);

    int cutShort = 0;
    long[] rounds = Seeds.of(5, 40).toArray();
    try (Processes processes = new Processes()) {
      for (long round : rounds) {
        // The last ones are killed after all bytes are kept, at the commits.
        long step =
            round % 2 == 0 ? files - 1 - round / 2 : (round + 1) * CONTENTS / (rounds.length + 1);
        Path killed = Processes.copy(applied, folder.resolve("killed-" + round));
        Path state = killed.resolve(".penstock");
        long before = Processes.files(state);
        Process work = processes.start(killed, ingest);
        cutShort += Processes.kill(work, () -> Processes.files(state) >= before + step) ? 1 : 0;

        run(killed, ingest);
        assertThat(scans(killed)).as("killed after step %s", step).isEqualTo(wanted);
        assertThat(contents(killed)).isEqualTo(CONTENTS);
        assertThat(run(killed, ingest)).contains("Known, and unchanged: " + FILES);
        assertThat(scans(killed)).isEqualTo(wanted);
      }
    }
    assertThat(cutShort).as("rounds that were cut short").isGreaterThan(rounds.length / 3);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_full_disk_takes_no_row_and_loses_none() throws Exception {
    // What comes before it by name is kept; nothing counts before all is.
    Path large = folder.resolve("scans/zzz.bin");
    Files.write(large, new byte[30 << 20]);
    String[] ingest = {"ingest", "scans", folder.resolve("scans").toString()};
    try (Processes processes = new Processes()) {
      Processes.Finished full = processes.runWithin(applied, 24L << 20, ingest);
      assertThat(full.exit()).isEqualTo(1);
      assertThat(full.err()).contains("IO").contains("File too large").contains("make room");
      assertThat(scans(applied)).contains("\"n\" : 0,");
    }
    assertThat(Files.list(applied.resolve(".penstock/files/writing"))).isEmpty();
    run(applied, ingest);
    assertThat(scans(applied)).contains("\"n\" : " + (FILES + 1) + ",");
  }

  /** All that there is of the source, whatever snapshots it lies in. */
  private static String scans(Path project) {
    return run(
        project,
        "sql",
        "SELECT count(*) AS n, count(DISTINCT _id) AS ids, max(_offset) AS last,"
            + " bit_xor(hash(path, sha256, size, media_type)) AS all FROM scans",
        "--json");
  }

  private static long contents(Path project) {
    Path files = project.resolve(".penstock/files");
    List<Path> parts = List.of(files.resolve("writing"));
    return Processes.files(files) - parts.stream().mapToLong(Processes::files).sum();
  }

  private static String run(Path project, String... arguments) {
    CommandLineRun run = CommandLineRun.onDisk(project, arguments);
    assertThat(run.err()).as("%s", String.join(" ", arguments)).isEmpty();
    assertThat(run.exit()).isZero();
    return run.out();
  }
}
