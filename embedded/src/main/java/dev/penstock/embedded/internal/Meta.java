package dev.penstock.embedded.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.embedded.StoredView;
import dev.penstock.source.ClockMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The small records of the column family {@code meta}, as text: the format's version, sources,
 * views, schemas, the clock. Specified in {@code docs/storage-format.md}.
 */
final class Meta {
  /** The version of the whole layout that this code reads and writes. */
  static final int FORMAT = 2;

  /** The last version before the column family {@code rows}: the same without it. */
  private static final int FORMAT_WITHOUT_ROWS = 1;

  private static final byte[] FORMAT_KEY = Bytes.text("format");
  private static final byte[] CLOCK_KEY = Bytes.text("clock");
  private static final byte[] CLOCK_MODE_KEY = Bytes.text("clock-mode");
  private static final byte[] NUMBERS_KEY = Bytes.text("numbers");
  private static final byte[] PREDICTIONS_KEY = Bytes.text("predictions");
  private static final String SOURCE = "source/";
  private static final String VIEW = "view/";
  private static final String SCHEMA = "schema/";
  private static final String NONE = "-";

  private final Rocks rocks;
  private final Path folder;

  Meta(Rocks rocks, Path folder) {
    this.rocks = rocks;
    this.folder = folder;
  }

  /**
   * Checks the format's version, and writes it into a database that is empty.
   *
   * @throws PenstockException {@code STATE_VERSION} if another Penstock wrote it, {@code
   *     STATE_CORRUPT} if nobody did
   */
  void checkFormat() {
    try {
      byte[] stored = rocks.db.get(rocks.meta, FORMAT_KEY);
      if (stored == null) {
        if (!isEmpty()) {
          throw Rocks.corrupt(folder, "its format's version is missing", null);
        }
        writeFormat();
        return;
      }
      String version = Bytes.text(stored);
      if (!version.matches("[0-9]{1,9}")) {
        throw Rocks.corrupt(folder, "its format's version is damaged", null);
      }
      if (Integer.parseInt(version) == FORMAT_WITHOUT_ROWS) {
        writeFormat();
      } else if (Integer.parseInt(version) != FORMAT) {
        throw new PenstockException(
            ErrorCode.STATE_VERSION,
            "the store in " + folder + " has format " + version + ", this Penstock has " + FORMAT,
            "use the Penstock that wrote it, or follow docs/storage-format.md to upgrade");
      }
    } catch (RocksDBException e) {
      throw Rocks.failed("reading the store's format", e);
    }
  }

  private void writeFormat() throws RocksDBException {
    try (WriteOptions synced = new WriteOptions().setSync(true)) {
      rocks.db.put(rocks.meta, synced, FORMAT_KEY, Bytes.text(String.valueOf(FORMAT)));
    }
  }

  private boolean isEmpty() {
    for (ColumnFamilyHandle family :
        List.of(
            rocks.meta,
            rocks.log,
            rocks.state,
            rocks.ids,
            rocks.quarantine,
            rocks.predictions,
            rocks.rows)) {
      try (RocksIterator iterator = rocks.db.newIterator(family)) {
        iterator.seekToFirst();
        if (iterator.isValid()) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The mode of the store's clock, which stays what it was at first: the wall clock would carry a
   * replayed store's time to the present, and nothing leads back.
   *
   * @param asked null for what it is
   * @throws PenstockException {@code CLOCK_CONFLICT} if another was asked for
   */
  ClockMode clockMode(@Nullable ClockMode asked) {
    byte[] stored = get(CLOCK_MODE_KEY);
    if (stored != null) {
      ClockMode mode = parsed(() -> ClockMode.valueOf(Bytes.text(stored)));
      if (asked != null && asked != mode) {
        throw new PenstockException(
            ErrorCode.CLOCK_CONFLICT,
            "the live store in "
                + folder
                + " runs on the "
                + shown(mode)
                + " clock since it was first used, not on the "
                + shown(asked)
                + " clock",
            "use --clock "
                + shown(mode)
                + "; or, to begin anew at the end of what the lake has, run penstock status, which"
                + " moves everything there, and remove that folder");
      }
      return mode;
    }
    ClockMode mode = asked == null ? ClockMode.WALL : asked;
    // A store of before modes were written down, opened with none asked for, says nothing yet.
    if (asked != null || get(CLOCK_KEY) == null) {
      try (WriteOptions synced = new WriteOptions().setSync(true)) {
        rocks.db.put(rocks.meta, synced, CLOCK_MODE_KEY, Bytes.text(mode.name()));
      } catch (RocksDBException e) {
        throw Rocks.failed("writing the store's clock mode", e);
      }
    }
    return mode;
  }

  private static String shown(ClockMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  ClockRecord clock() {
    byte[] stored = get(CLOCK_KEY);
    return stored == null ? ClockRecord.START : parsed(() -> ClockRecord.parse(Bytes.text(stored)));
  }

  StoreState state() {
    StoreState state = StoreState.EMPTY;
    try (RocksIterator iterator = rocks.db.newIterator(rocks.meta)) {
      for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
        String key = Bytes.text(iterator.key());
        String[] value = Bytes.text(iterator.value()).split(" ", -1);
        StoreState before = state;
        if (key.startsWith(SOURCE)) {
          state = parsed(() -> before.with(key.substring(SOURCE.length()), source(value)));
        } else if (key.startsWith(VIEW)) {
          state = parsed(() -> before.with(view(key.substring(VIEW.length()), value)));
        } else if (key.equals("predictions")) {
          state =
              parsed(() -> before.predictions(Long.parseLong(value[0]), Long.parseLong(value[1])));
        } else if (key.equals("numbers")) {
          state = parsed(() -> before.numbersFrom(Integer.parseInt(value[0])));
        }
      }
    }
    return state;
  }

  /** The schema that was written under this key; entries of the log name it. */
  Schema schema(long key) {
    byte[] stored = get(schemaKey(key));
    if (stored == null) {
      throw Rocks.corrupt(folder, "schema " + Long.toHexString(key) + " is missing", null);
    }
    return parsed(() -> schema(Bytes.text(stored)));
  }

  /** Stands for a schema in the entries of the log. */
  static long key(Schema schema) {
    return Long.parseUnsignedLong(
        Fingerprint.of(List.of("schema", text(schema))).hex().substring(0, 16), 16);
  }

  /** Writes a schema under its {@link #key}. */
  static void put(WriteBatch batch, Rocks rocks, long key, Schema schema) throws RocksDBException {
    batch.put(rocks.meta, schemaKey(key), Bytes.text(text(schema)));
  }

  /** Writes what differs between two states. */
  static void put(WriteBatch batch, Rocks rocks, StoreState before, StoreState after)
      throws RocksDBException {
    for (var source : after.sources().entrySet()) {
      SourceRecord record = source.getValue();
      if (!record.equals(before.sources().get(source.getKey()))) {
        batch.put(
            rocks.meta,
            Bytes.text(SOURCE + source.getKey()),
            Bytes.text(
                record.number()
                    + " "
                    + written(record.history())
                    + " "
                    + written(record.begin())
                    + " "
                    + written(record.next())));
      }
    }
    for (StoredView view : after.views().values()) {
      if (!view.equals(before.views().get(view.fingerprint()))) {
        batch.put(
            rocks.meta,
            Bytes.text(VIEW + view.fingerprint().hex()),
            Bytes.text(
                view.number()
                    + " "
                    + view.formatVersion()
                    + " "
                    + view.phase()
                    + " "
                    + written(view.positions())
                    + " "
                    + view.source()));
      }
    }
    for (Fingerprint view : before.views().keySet()) {
      if (!after.views().containsKey(view)) {
        batch.delete(rocks.meta, Bytes.text(VIEW + view.hex()));
      }
    }
    if (before.nextNumber() != after.nextNumber()) {
      batch.put(rocks.meta, NUMBERS_KEY, Bytes.text(String.valueOf(after.nextNumber())));
    }
    if (before.predictionsBegin() != after.predictionsBegin()
        || before.predictionsNext() != after.predictionsNext()) {
      batch.put(
          rocks.meta,
          PREDICTIONS_KEY,
          Bytes.text(after.predictionsBegin() + " " + after.predictionsNext()));
    }
  }

  static void put(WriteBatch batch, Rocks rocks, ClockRecord clock) throws RocksDBException {
    batch.put(rocks.meta, CLOCK_KEY, Bytes.text(clock.text()));
  }

  private byte @Nullable [] get(byte[] key) {
    try {
      return rocks.db.get(rocks.meta, key);
    } catch (RocksDBException e) {
      throw Rocks.failed("reading the store's records", e);
    }
  }

  private interface Parse<T> {
    T run();
  }

  private <T> T parsed(Parse<T> parse) {
    try {
      return parse.run();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Rocks.corrupt(folder, "a record is damaged", e);
    }
  }

  private static SourceRecord source(String[] value) {
    return new SourceRecord(
        Integer.parseInt(value[0]), read(value[1]), read(value[2]), read(value[3]));
  }

  private static StoredView view(String fingerprint, String[] value) {
    return new StoredView(
        new Fingerprint(fingerprint),
        Integer.parseInt(value[0]),
        Integer.parseInt(value[1]),
        String.join(" ", List.of(value).subList(4, value.length)),
        StoredView.Phase.valueOf(value[2]),
        read(value[3]));
  }

  private static String written(Positions positions) {
    return positions.next().isEmpty() ? NONE : positions.toString();
  }

  private static Positions read(String text) {
    return text.equals(NONE) ? Positions.NONE : Positions.parse(text);
  }

  private static byte[] schemaKey(long key) {
    return Bytes.text(SCHEMA + String.format("%016x", key));
  }

  /**
   * A line per field: the type, {@code null} or {@code not-null}, then the name to the line's end.
   */
  private static String text(Schema schema) {
    StringBuilder text = new StringBuilder();
    for (Field field : schema.fields()) {
      text.append(field.type())
          .append(field.nullable() ? " null " : " not-null ")
          .append(field.name())
          .append('\n');
    }
    return text.toString();
  }

  private static Schema schema(String text) {
    List<Field> fields = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" ", 3);
      fields.add(new Field(parts[2], Type.parse(parts[0]), parts[1].equals("null")));
    }
    return new Schema(fields);
  }
}
