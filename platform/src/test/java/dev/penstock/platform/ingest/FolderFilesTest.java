package dev.penstock.platform.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Gc;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.KeptFile;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.source.ClockMode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of files becomes rows and kept bytes, again and again. */
class FolderFilesTest {
  private static final FileTime JANUARY = FileTime.from(Instant.parse("2001-01-05T00:00:00Z"));

  @TempDir Path temporary;
  private Path folder;
  private Path scans;
  private Instant now = Instant.parse("2001-02-01T00:00:00Z");
  private ProjectOperations operations;

  @BeforeEach
  void apply() throws IOException {
    folder = temporary.toRealPath().resolve("project");
    scans = Files.createDirectories(folder.resolveSibling("scans"));
    Files.createDirectory(folder);
    TestProject definitions =
        TestProject.in(folder)
            .file(
                "scans.yaml",
                """
                source: scans
                owner: archive@example.com
                files: ["**", "!*.tmp"]
                rules:
                  not_empty: size > 0
                """);
    operations =
        new ProjectOperations(new OpenProject(TapsProject.workspace(definitions), () -> now));
    TapsProject.done(operations.apply(Progress.SILENT));
  }

  @AfterEach
  void close() {
    operations.close();
  }

  private Path write(String path, String text) throws IOException {
    Path file = scans.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, JANUARY);
  }

  private Answer ingest(Path path) {
    return TapsProject.done(
        operations.ingest(new Ingest("scans", List.of(path), Ingest.Mode.LIVE), Progress.SILENT));
  }

  private List<List<Object>> sql(String query) {
    return TapsProject.table(
        TapsProject.done(operations.sql(new Query(query, null, 100, null))), "rows");
  }

  private List<List<Object>> rows() {
    return sql("SELECT path, size FROM scans ORDER BY _offset");
  }

  private long kept() throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve(".penstock/files"))) {
      return walk.filter(Files::isRegularFile).count();
    }
  }

  private List<List<Object>> refused() {
    return sql("SELECT reason, message FROM scans__quarantine ORDER BY message");
  }

  private String read(String what, String asOf) throws IOException {
    Path out = folder.resolve("out");
    TapsProject.done(operations.file(new KeptFile("scans", what, asOf, out)));
    return Files.readString(out);
  }

  @Test
  void a_row_says_what_a_file_is() throws IOException {
    Path image = scans.resolve("page.txt");
    ImageIO.write(new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    Files.setLastModifiedTime(image, JANUARY);
    ingest(scans);

    assertThat(
            sql(
                "SELECT path, media_type, size, folder, width, height, seconds IS NULL,"
                    + " modified = _event_time, length(sha256), modified::VARCHAR FROM scans"))
        .containsExactly(
            List.of(
                "page.txt",
                "image/png",
                Files.size(image),
                scans.toString(),
                31,
                17,
                true,
                true,
                64L,
                "2001-01-05 00:00:00+00"));
  }

  @Test
  void equal_bytes_are_kept_once_and_a_file_is_taken_in_once() throws IOException {
    write("a.txt", "same");
    write("sub/b.txt", "same");
    write("scratch.tmp", "left out");
    ingest(scans);
    assertThat(rows()).containsExactly(List.of("a.txt", 4L), List.of("sub/b.txt", 4L));
    assertThat(kept()).isEqualTo(1);

    assertThat(ingest(scans).parts().toString()).contains("Known, and unchanged: 2 files.");
    assertThat(rows()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void a_file_that_changes_is_a_row_each_time_also_back_to_what_it_was(boolean live)
      throws IOException {
    if (live) {
      operations.serving(ClockMode.WALL);
    }
    write("a.txt", "one");
    write("b.txt", "stays");
    ingest(scans);
    write("a.txt", "second");
    ingest(scans);
    write("a.txt", "one");
    ingest(scans);
    ingest(scans);

    assertThat(rows())
        .containsExactly(
            List.of("a.txt", 3L), List.of("b.txt", 5L), List.of("a.txt", 6L), List.of("a.txt", 3L));
    assertThat(kept()).isEqualTo(3);
  }

  @Test
  void a_file_is_read_by_path_or_content_as_of_a_version() throws IOException {
    write("a.txt", "one");
    ingest(scans);
    TapsProject.done(operations.createVersion("january", ""));
    write("a.txt", "second");
    ingest(scans);
    Object hash = sql("SELECT sha256 FROM scans WHERE size = 6").get(0).get(0);

    assertThat(read("a.txt", null)).isEqualTo("second");
    assertThat(read("a.txt", "january")).isEqualTo("one");
    assertThat(read(hash.toString(), null)).isEqualTo("second");
    assertThatThrownBy(() -> read(hash.toString(), "january")).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> read("../scans/a.txt", null)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void bytes_that_rotted_are_not_handed_out() throws IOException {
    write("a.txt", "one");
    ingest(scans);
    String hash = sql("SELECT sha256 FROM scans").get(0).get(0).toString();
    Files.writeString(operations.content(hash), "0ne");

    assertThatThrownBy(() -> read("a.txt", null)).hasMessageContaining("STATE_CORRUPT");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void one_path_in_two_folders_is_two_files() throws IOException {
    write("x/a.txt", "one");
    write("y/a.txt", "other");
    ingest(scans.resolve("x"));
    ingest(scans.resolve("y"));
    ingest(scans.resolve("x"));
    assertThat(rows()).containsExactly(List.of("a.txt", 3L), List.of("a.txt", 5L));
    assertThatThrownBy(() -> read("a.txt", null)).hasMessageContaining("2 folders");

    assertThat(ingest(scans.resolve("y/a.txt")).parts().toString()).contains("unchanged: 1");
  }

  @Test
  void what_cannot_be_taken_is_refused_with_its_reason_and_the_rest_comes_in() throws Exception {
    write("good.txt", "good");
    write("line\nbreak.txt", "odd name");
    write("empty.txt", "");
    Path outside = Files.writeString(folder.resolveSibling("outside.txt"), "secret");
    Files.createSymbolicLink(scans.resolve("out.txt"), outside);
    Files.createSymbolicLink(scans.resolve("in.txt"), scans.resolve("good.txt"));
    Files.createSymbolicLink(scans.resolve("loop"), scans);
    Files.createSymbolicLink(scans.resolve("nowhere"), scans.resolve("gone"));
    assertThat(new ProcessBuilder("mkfifo", scans.resolve("pipe").toString()).start().waitFor())
        .isZero();
    ingest(scans);

    assertThat(rows())
        .containsExactly(
            List.of("good.txt", 4L), List.of("in.txt", 4L), List.of("line\nbreak.txt", 8L));
    assertThat(refused().toString())
        .contains("loop: it is a link to a folder")
        .contains("nowhere: it is a link that leads nowhere")
        .contains("out.txt: it is a link out of the folder")
        .contains("pipe: it is no file with bytes of its own")
        .contains("RULE");
    assertThat(refused()).hasSize(5);
    assertThat(kept()).isEqualTo(3);
  }

  @Test
  void what_was_refused_is_judged_again_when_it_comes_again() throws Exception {
    write("late.txt", "");
    ingest(scans);
    assertThat(rows()).isEmpty();
    ingest(scans);
    ingest(scans);
    assertThat(refused()).hasSize(3);

    write("late.txt", "full");
    ingest(scans);
    assertThat(rows()).containsExactly(List.of("late.txt", 4L));
  }

  @Test
  void gc_deletes_the_bytes_that_no_kept_row_is_about() throws Exception {
    write("a.txt", "needed");
    write("empty.txt", "");
    ingest(scans);
    Path never = Files.writeString(temporary.resolve("never"), "bytes of a crash");
    try (OpenProject project =
        new OpenProject(TapsProject.workspace(TestProject.in(folder)), () -> now)) {
      project.files().keep(never, now);
    }
    assertThat(kept()).isEqualTo(3);

    now = now.plus(Duration.ofHours(71));
    TapsProject.done(operations.gc(new Gc(Gc.Intent.RUN, Duration.ZERO), Progress.SILENT));
    assertThat(kept()).isEqualTo(3);

    now = now.plus(Duration.ofHours(2));
    Answer planned = operations.gc(new Gc(Gc.Intent.DRY_RUN, Duration.ZERO), Progress.SILENT);
    assertThat(TapsProject.done(planned).parts().toString()).contains("files that no row needs");
    assertThat(kept()).isEqualTo(3);
    TapsProject.done(operations.gc(new Gc(Gc.Intent.RUN, Duration.ZERO), Progress.SILENT));
    // What was refused keeps its bytes too: here, none at all.
    assertThat(kept()).isEqualTo(2);
    assertThat(read("a.txt", null)).isEqualTo("needed");
  }

  @Test
  void rows_without_bytes_cannot_be_pushed() {
    assertThatThrownBy(() -> operations.serving(ClockMode.WALL).source("scans"))
        .hasMessageContaining("USAGE")
        .hasMessageContaining("a row without its bytes is none");
  }

  @Test
  void a_folder_with_nothing_says_so() {
    assertThat(ingest(scans)).isEqualTo(Answer.of("There is no file that 'scans' takes."));
    assertThatThrownBy(() -> ingest(scans.resolve("gone"))).hasMessageContaining("FILE_NOT_FOUND");
  }

  @Test
  void definitions_of_files_say_nothing_that_files_say() {
    Map<String, String> wrong =
        Map.of(
            "columns: {a: int64}", "a source of 'files' has no 'columns'",
            "id: path", "a source of 'files' has no 'id'",
            "file: x.csv", "a source of 'files' has no 'file'");
    wrong.forEach(
        (line, message) -> {
          Path other = folder.resolveSibling("other");
          assertThatThrownBy(
                  () ->
                      TestProject.in(other)
                          .file("s.yaml", "source: s\nowner: o@example.com\nfiles: '**'\n" + line)
                          .load())
              .hasMessageContaining(message);
        });
    assertThatThrownBy(
            () ->
                TestProject.in(folder.resolveSibling("other"))
                    .file("s.yaml", "source: s\nowner: o@example.com\nfiles: '/etc/**'\n")
                    .load())
        .hasMessageContaining("is no pattern for paths in a folder");
  }
}
