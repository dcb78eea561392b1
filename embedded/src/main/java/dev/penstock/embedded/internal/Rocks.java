package dev.penstock.embedded.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;

/** The database, its column families, and the options they were opened with. */
final class Rocks implements AutoCloseable {
  private static final List<String> FAMILIES =
      List.of("default", "meta", "log", "state", "ids", "quarantine", "predictions", "rows");

  final RocksDB db;
  final ColumnFamilyHandle meta;
  final ColumnFamilyHandle log;
  final ColumnFamilyHandle state;
  final ColumnFamilyHandle ids;
  final ColumnFamilyHandle quarantine;
  final ColumnFamilyHandle predictions;
  final ColumnFamilyHandle rows;
  private final List<ColumnFamilyHandle> handles;
  private final List<RocksObject> owned;

  private Rocks(RocksDB db, List<ColumnFamilyHandle> handles, List<RocksObject> owned) {
    this.db = db;
    this.handles = handles;
    this.owned = owned;
    this.meta = handles.get(1);
    this.log = handles.get(2);
    this.state = handles.get(3);
    this.ids = handles.get(4);
    this.quarantine = handles.get(5);
    this.predictions = handles.get(6);
    this.rows = handles.get(7);
  }

  /**
   * Opens the database in a folder, or makes one.
   *
   * @throws PenstockException {@code PROJECT_LOCKED} if it is open elsewhere, {@code STATE_CORRUPT}
   *     if it cannot be read
   */
  static Rocks open(Path folder, long cacheBytes) {
    RocksDB.loadLibrary();
    checkWhole(folder);
    List<RocksObject> owned = new ArrayList<>();
    Cache cache = own(owned, new LRUCache(cacheBytes));
    BloomFilter bloom = own(owned, new BloomFilter(10, false));
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (String family : FAMILIES) {
      ColumnFamilyOptions options = own(owned, new ColumnFamilyOptions());
      BlockBasedTableConfig table =
          new BlockBasedTableConfig()
              .setBlockCache(cache)
              .setBlockSize(family.equals("log") ? 16 << 10 : 4 << 10);
      boolean points = family.equals("state") || family.equals("ids") || family.equals("rows");
      if (points) {
        table.setFilterPolicy(bloom).setCacheIndexAndFilterBlocks(false);
        options.setMemtableWholeKeyFiltering(true).setMemtablePrefixBloomSizeRatio(0.02);
      }
      options
          .setTableFormatConfig(table)
          .setCompressionType(CompressionType.LZ4_COMPRESSION)
          .setWriteBufferSize(points || family.equals("log") ? 32L << 20 : 4L << 20)
          .setLevelCompactionDynamicLevelBytes(true);
      descriptors.add(new ColumnFamilyDescriptor(Bytes.text(family), options));
    }
    DBOptions options =
        own(owned, new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            // A record cut off at the end was never acknowledged; anything else is damage, and is
            // said rather than skipped.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setMaxTotalWalSize(128L << 20)
            .setMaxBackgroundJobs(2)
            .setKeepLogFileNum(3)
            .setMaxLogFileSize(4L << 20);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      RocksDB db = RocksDB.open(options, folder.toString(), descriptors, handles);
      return new Rocks(db, handles, owned);
    } catch (RocksDBException e) {
      closeAll(owned);
      throw unopened(folder, e);
    } catch (IOException e) {
      closeAll(owned);
      throw new UncheckedIOException(e);
    }
  }

  /** A database that lost the file naming its parts would otherwise be made anew over them. */
  private static void checkWhole(Path folder) {
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve("CURRENT"))) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(file -> file.toString().endsWith(".sst"))) {
        throw corrupt(folder, "the file CURRENT is missing", null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PenstockException unopened(Path folder, RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("LOCK")) {
      return new PenstockException(
          ErrorCode.PROJECT_LOCKED,
          null,
          folder + " is open in another process or twice in this one",
          "wait for it to end, or work through it",
          e);
    }
    Status status = e.getStatus();
    if (status != null
        && status.getCode() == Status.Code.IOError
        && status.getSubCode() == Status.SubCode.NoSpace) {
      return failed("opening " + folder, e);
    }
    return corrupt(folder, message, e);
  }

  static PenstockException corrupt(Path folder, String what, @Nullable Exception cause) {
    return new PenstockException(
        ErrorCode.STATE_CORRUPT,
        null,
        "the store in " + folder + " cannot be read: " + what,
        "restore the folder from a backup; or move it away and fill it again from the lake, losing"
            + " rows that were not flushed there",
        cause);
  }

  static PenstockException failed(String doing, RocksDBException e) {
    return new PenstockException(
        ErrorCode.IO,
        null,
        doing + " failed: " + e.getMessage(),
        "look at the disk: is it full, or failing?",
        e);
  }

  private static <T extends RocksObject> T own(List<RocksObject> owned, T object) {
    owned.add(object);
    return object;
  }

  private static void closeAll(List<? extends RocksObject> objects) {
    for (int i = objects.size() - 1; i >= 0; i--) {
      objects.get(i).close();
    }
  }

  @Override
  public void close() {
    closeAll(handles);
    try {
      db.closeE();
    } catch (RocksDBException e) {
      throw failed("closing the store", e);
    } finally {
      closeAll(owned);
    }
  }
}
