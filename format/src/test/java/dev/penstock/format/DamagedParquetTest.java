package dev.penstock.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.PenstockException;
import dev.penstock.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that was cut off or changed on the disk is refused by name. */
@Timeout(120)
class DamagedParquetTest {
  private static final int MAGIC_BYTES = 4;

  @TempDir Path folder;
  private Path path;
  private byte[] sound;

  /** Where what the file says of its pages begins: behind them all. */
  private int pagesEnd;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("rows.parquet");
    Batch batch = AllTypes.batch(new SplittableRandom(3), 0, 300);
    WrittenFile written = AllTypes.write(path, List.of(batch));
    pagesEnd = MAGIC_BYTES + (int) written.columns().stream().mapToLong(ColumnSummary::bytes).sum();
    sound = Files.readAllBytes(path);
  }

  @Test
  void file_cut_off_anywhere_is_refused_by_name() throws IOException {
    for (int length = 0; length < sound.length; length += 97) {
      Files.write(path, Arrays.copyOf(sound, length));
      assertThatThrownBy(() -> AllTypes.read(path))
          .as("cut to %d", length)
          .isInstanceOf(PenstockException.class)
          .hasMessageContaining("rows.parquet");
    }
  }

  @Test
  void flipped_bit_in_a_page_is_found_by_its_checksum() throws IOException {
    int refused = 0;
    SplittableRandom random = new SplittableRandom(1);
    var rows = AllTypes.read(path);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = sound.clone();
      damaged[MAGIC_BYTES + random.nextInt(pagesEnd - MAGIC_BYTES)] ^=
          (byte) (1 << random.nextInt(8));
      Files.write(path, damaged);
      try {
        // A flip in a field of a page's header that nobody reads changes nothing.
        assertThat(AllTypes.read(path).equals(rows)).as("flip %d", i).isTrue();
      } catch (PenstockException e) {
        assertThat(e).hasMessageContaining("rows.parquet");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(250);
  }

  @Test
  void flipped_bytes_anywhere_end_in_rows_or_in_an_error_that_names_the_file() {
    Seeds.of(1_500, 50_000).forEach(this::readDamaged);
  }

  private void readDamaged(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] damaged = sound.clone();
    // Half of them in the footer, which no checksum guards.
    int from = random.nextBoolean() ? 0 : pagesEnd;
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      damaged[from + random.nextInt(damaged.length - from)] = (byte) random.nextInt();
    }
    try {
      Files.write(path, damaged);
      AllTypes.read(path);
    } catch (PenstockException e) {
      assertThat(e).as("seed %d", seed).hasMessageContaining("rows.parquet");
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
