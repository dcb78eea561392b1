package dev.penstock.lake.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFilesTest {
  private static final Instant NOW = Instant.parse("2001-02-01T00:00:00Z");
  private static final String HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path folder;

  private StoredFiles files() {
    return StoredFiles.in(folder.resolve("kept"));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<Path> kept() throws IOException {
    if (!Files.exists(folder.resolve("kept"))) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder.resolve("kept"))) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void a_content_is_kept_once_under_its_hash() throws Exception {
    StoredFile first = files().keep(file("a.txt", "hello"), NOW);
    StoredFile second = files().keep(file("b.txt", "hello"), NOW);

    assertThat(first).isEqualTo(new StoredFile(HELLO, 5)).isEqualTo(second);
    assertThat(kept()).containsExactly(folder.resolve("kept/2c/" + HELLO.substring(2)));
    assertThat(files().file(HELLO)).hasContent("hello");
  }

  @Test
  void a_content_whose_bytes_were_lost_is_written_again() throws Exception {
    files().keep(file("a.txt", "hello"), NOW);
    Files.writeString(files().file(HELLO), "hel");

    files().keep(folder.resolve("a.txt"), NOW);
    assertThat(files().file(HELLO)).hasContent("hello");
  }

  @Test
  void what_is_kept_has_its_hash_while_the_file_is_being_written() throws Exception {
    Path changing = file("changing.bin", "");
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              byte[] block = new byte[300_000];
              for (int value = 0; !done.get(); value++) {
                Arrays.fill(block, (byte) value);
                try (RandomAccessFile file = new RandomAccessFile(changing.toFile(), "rw")) {
                  file.write(block);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });
    writer.start();
    int refused = 0;
    try {
      for (int i = 0; i < 100; i++) {
        try {
          files().keep(changing, NOW);
        } catch (UnreadableFile e) {
          assertThat(e.why()).isEqualTo("it changes while it is read");
          refused++;
        }
      }
    } finally {
      done.set(true);
      writer.join();
    }
    assertThat(refused).isPositive();
    for (Path file : kept()) {
      String name = file.getParent().getFileName() + "" + file.getFileName();
      assertThat(StoredFiles.content(file).sha256()).isEqualTo(name);
    }
  }

  @Test
  void a_name_that_is_no_hash_is_no_path() {
    for (String name : List.of("../../etc/passwd", "", "2C" + HELLO.substring(2), HELLO + "0")) {
      assertThatThrownBy(() -> files().file(name)).hasMessageContaining("USAGE");
    }
    assertThatThrownBy(() -> files().file(HELLO)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void a_sweep_deletes_what_is_old_and_needed_by_nobody() throws Exception {
    StoredFiles files = files();
    String needed = files.keep(file("needed", "needed"), NOW).sha256();
    String young = files.keep(file("young", "young"), NOW.plusSeconds(60)).sha256();
    String old = files.keep(file("old", "old"), NOW).sha256();
    Path stranger = Files.writeString(folder.resolve("kept/read.me"), "not ours");
    Instant before = NOW.plus(Duration.ofSeconds(1));

    assertThat(files.sweep(Set.of(needed), before, StoredFiles.Intent.DRY_RUN))
        .isEqualTo(new StoredFiles.Swept(1, 3));
    assertThat(files.file(old)).exists();
    assertThat(files.sweep(Set.of(needed), before, StoredFiles.Intent.RUN))
        .isEqualTo(new StoredFiles.Swept(1, 3));
    assertThatThrownBy(() -> files.file(old)).hasMessageContaining("NOT_FOUND");
    assertThat(files.file(needed)).exists();
    assertThat(files.file(young)).exists();
    assertThat(stranger).exists();
  }

  @Test
  void an_old_content_that_is_kept_again_is_young() throws Exception {
    StoredFiles files = files();
    String hash = files.keep(file("a", "again"), NOW).sha256();
    files.keep(folder.resolve("a"), NOW.plusSeconds(60));

    files.sweep(Set.of(), NOW.plusSeconds(30), StoredFiles.Intent.RUN);
    assertThat(files.file(hash)).exists();
  }

  @Test
  void keeping_side_by_side_keeps_all() throws Exception {
    StoredFiles files = files();
    List<Path> some = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      some.add(file("f" + i, "content " + i % 20));
    }
    some.parallelStream()
        .forEach(
            path -> {
              try {
                files.keep(path, NOW);
              } catch (UnreadableFile e) {
                throw new AssertionError(e);
              }
            });
    assertThat(kept()).hasSize(20);
  }
}
