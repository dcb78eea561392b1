package dev.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Positions;
import dev.penstock.source.ClockMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class OpeningTest {
  private static final StoreOptions OPTIONS = StoreOptions.of(ClockMode.WALL, () -> 1_000_000);

  @TempDir Path folder;

  @Test
  void second_opening_of_one_folder_says_that_it_is_locked() {
    try (EmbeddedStore first = EmbeddedStore.open(folder, OPTIONS)) {
      assertThatThrownBy(() -> EmbeddedStore.open(folder, OPTIONS))
          .hasMessageContaining("PROJECT_LOCKED");
      assertThat(first.views()).isEmpty();
    }
    EmbeddedStore.open(folder, OPTIONS).close();
  }

  @Test
  void store_of_another_version_is_named_with_both_versions() throws RocksDBException {
    EmbeddedStore.open(folder, OPTIONS).close();
    meta("format", "3");
    assertThatThrownBy(() -> EmbeddedStore.open(folder, OPTIONS))
        .hasMessageContaining("STATE_VERSION")
        .hasMessageContaining("has format 3, this Penstock has 2");
  }

  @Test
  void damaged_or_missing_version_is_corruption() throws RocksDBException {
    EmbeddedStore.open(folder, OPTIONS).close();
    meta("format", "\u0000\u0001x");
    assertThatThrownBy(() -> EmbeddedStore.open(folder, OPTIONS))
        .hasMessageContaining("STATE_CORRUPT");
    meta("format", null);
    meta("clock", "1 2 3");
    assertThatThrownBy(() -> EmbeddedStore.open(folder, OPTIONS))
        .hasMessageContaining("STATE_CORRUPT");
  }

  @Test
  void damaged_record_is_corruption() throws RocksDBException {
    EmbeddedStore.open(folder, OPTIONS).close();
    meta("source/taps", "x y");
    assertThatThrownBy(() -> EmbeddedStore.open(folder, OPTIONS))
        .hasMessageContaining("STATE_CORRUPT");
  }

  @Test
  void database_without_its_list_of_parts_is_corruption_and_not_a_new_store() throws IOException {
    try (EmbeddedStore store = EmbeddedStore.open(folder, OPTIONS)) {
      store.define(List.of(Taps.SOURCE), Taps.GRAPH);
      store.fill(Taps.GRAPH.views(), List.of(), store.history(Taps.NAME));
      store.push(Taps.NAME, Taps.push(1, 0, "a")).join();
    }
    // Opening writes what was in the write-ahead log into tables.
    EmbeddedStore.open(folder, OPTIONS).close();
    Files.delete(folder.resolve("CURRENT"));
    assertThatThrownBy(() -> EmbeddedStore.open(folder, OPTIONS))
        .hasMessageContaining("STATE_CORRUPT");
  }

  @Test
  void damage_within_the_write_ahead_log_is_corruption_and_not_skipped() throws IOException {
    Path crashed = crashed();
    Path log = largestLog(crashed);
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length / 2] ^= 1;
    Files.write(log, bytes);
    assertThatThrownBy(() -> EmbeddedStore.open(crashed, OPTIONS))
        .hasMessageContaining("STATE_CORRUPT");
  }

  @Test
  void record_cut_off_at_the_end_of_the_write_ahead_log_was_never_acknowledged()
      throws IOException {
    Path crashed = crashed();
    Path log = largestLog(crashed);
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length - 3));
    try (EmbeddedStore store = EmbeddedStore.open(crashed, OPTIONS)) {
      assertThat(store.log().end(Taps.NAME)).isEqualTo(Positions.of(0, 49));
    }
  }

  /** The files of a store as a crash after fifty commits leaves them. */
  private Path crashed() throws IOException {
    Path crashed = Files.createDirectory(folder.resolve("crashed"));
    Path running = folder.resolve("running");
    try (EmbeddedStore store = EmbeddedStore.open(running, OPTIONS)) {
      store.define(List.of(Taps.SOURCE), Taps.GRAPH);
      store.fill(Taps.GRAPH.views(), List.of(), store.history(Taps.NAME));
      for (int i = 0; i < 50; i++) {
        store.push(Taps.NAME, Taps.push(i, 0, "a")).join();
      }
      try (Stream<Path> files = Files.list(running)) {
        for (Path file : files.toList()) {
          Files.copy(file, crashed.resolve(file.getFileName()));
        }
      }
    }
    return crashed;
  }

  private Path largestLog(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }

  /** Writes a record of the column family meta behind the store's back. */
  private void meta(String key, String value) throws RocksDBException {
    byte[] address = key.getBytes(StandardCharsets.UTF_8);
    behind(
        folder,
        (db, meta) -> {
          if (value == null) {
            db.delete(meta, address);
          } else {
            db.put(meta, address, value.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** The format's version that a closed store says. */
  static String format(Path folder) throws RocksDBException {
    List<String> found = new ArrayList<>();
    byte[] address = "format".getBytes(StandardCharsets.UTF_8);
    behind(
        folder, (db, meta) -> found.add(new String(db.get(meta, address), StandardCharsets.UTF_8)));
    return found.get(0);
  }

  private interface Work {
    void on(RocksDB db, ColumnFamilyHandle meta) throws RocksDBException;
  }

  private static void behind(Path folder, Work work) throws RocksDBException {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    try (Options options = new Options()) {
      for (byte[] name : RocksDB.listColumnFamilies(options, folder.toString())) {
        families.add(new ColumnFamilyDescriptor(name));
      }
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions();
        RocksDB db = RocksDB.open(options, folder.toString(), families, handles)) {
      for (ColumnFamilyHandle handle : handles) {
        if (new String(handle.getName(), StandardCharsets.UTF_8).equals("meta")) {
          work.on(db, handle);
        }
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
  }
}
