package dev.penstock.lake.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.Metadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The log of a published table as it was when it was opened, and the way to its next version. What
 * is already published is told by the log alone: the transaction of our table has the snapshot, the
 * names of data files what is in them.
 */
public final class DeltaLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MICROS_OF_MILLI = 1_000;
  private static final String TABLE = "penstock.table";
  private static final String MAPPING_MODE = "delta.columnMapping.mode";
  private static final String MAX_COLUMN_ID = "delta.columnMapping.maxColumnId";
  private static final Pattern OURS = Pattern.compile("penstock-[0-9a-f]{32,64}\\.parquet");

  private final Path folder;
  private final String table;
  private final @Nullable SnapshotImpl snapshot;
  private final Set<String> files;
  private final OptionalLong published;

  private DeltaLog(
      Path folder,
      String table,
      @Nullable SnapshotImpl snapshot,
      Set<String> files,
      OptionalLong published) {
    this.folder = folder;
    this.table = table;
    this.snapshot = snapshot;
    this.files = files;
    this.published = published;
  }

  /**
   * The log in that folder; without a version if there is none.
   *
   * @param table our table's id
   * @throws PenstockException {@code UNSUPPORTED} if it is not the log of this table's publication,
   *     or others wrote to it
   */
  public static DeltaLog of(Path folder, String table) {
    if (!Files.isDirectory(folder.resolve(DeltaTable.LOG))) {
      return new DeltaLog(folder, table, null, Set.of(), OptionalLong.empty());
    }
    DeltaTable opened = DeltaTable.in(folder);
    SnapshotImpl snapshot = opened.snapshot();
    if (!table.equals(snapshot.getMetadata().getConfiguration().get(TABLE))) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          folder + " has a Delta table that is not a publication of this table",
          "publish to a folder of its own");
    }
    DeltaProtocol.of(snapshot.getProtocol()).requireKnown(folder.toString());
    Set<String> files = Set.copyOf(opened.paths());
    for (String file : files) {
      if (!OURS.matcher(file).matches()) {
        throw new PenstockException(
            ErrorCode.UNSUPPORTED,
            folder + ": others wrote to this published table: " + file,
            "publish to a new folder; what others write belongs into a table of theirs");
      }
    }
    var transaction = snapshot.getLatestTransactionVersion(new LogEngine(), application(table));
    return new DeltaLog(
        folder,
        table,
        snapshot,
        files,
        transaction.isPresent() ? OptionalLong.of(transaction.get()) : OptionalLong.empty());
  }

  private static String application(String table) {
    return "penstock:" + table;
  }

  /** The name of the data file with this content. */
  public static String file(String fingerprint) {
    return "penstock-" + fingerprint + ".parquet";
  }

  /** The last version; -1 before the first. */
  public long version() {
    return snapshot == null ? -1 : snapshot.getVersion();
  }

  /** The snapshot of our table that was published last. */
  public OptionalLong published() {
    return published;
  }

  /** The names of the data files of this version. */
  public Set<String> files() {
    return files;
  }

  /** Whether a version with these columns would say anything new of them. */
  public boolean has(DeltaSchema schema) {
    SnapshotImpl now = snapshot;
    return now != null
        && protocol(schema).equals(DeltaProtocol.of(now.getProtocol()))
        && schema.json(mapping(schema)).equals(parsed(now.getMetadata().getSchemaString()));
  }

  /**
   * Makes the next version. Its data files must be durable.
   *
   * @return the log with it
   * @throws PenstockException {@code CONFLICT_RETRY} if somebody else made that version
   */
  public DeltaLog commit(DeltaCommit commit, DeltaSchema schema, long nowMicros) {
    List<ObjectNode> actions = new ArrayList<>();
    long millis = nowMicros / MICROS_OF_MILLI;
    actions.add(action("commitInfo", info(commit, millis)));
    if (!has(schema)) {
      actions.add(action("protocol", protocol(schema).json()));
      actions.add(action("metaData", metadata(schema, millis)));
    }
    if (commit.snapshot().isPresent()) {
      ObjectNode transaction = JSON.createObjectNode().put("appId", application(table));
      transaction.put("version", commit.snapshot().getAsLong()).put("lastUpdated", millis);
      actions.add(action("txn", transaction));
    }
    boolean changes = commit.change() == DeltaCommit.Change.ROWS;
    for (String name : commit.removed()) {
      ObjectNode remove = JSON.createObjectNode().put("path", name);
      remove.put("deletionTimestamp", millis).put("dataChange", changes);
      actions.add(action("remove", remove));
    }
    for (DeltaCommit.Added file : commit.added()) {
      ObjectNode add = JSON.createObjectNode().put("path", file.name());
      add.putObject("partitionValues");
      add.put("size", file.bytes()).put("modificationTime", millis).put("dataChange", changes);
      add.put("stats", file.statistics());
      actions.add(action("add", add));
    }
    NewVersion.of(folder.resolve(DeltaTable.LOG), version() + 1).write(actions);
    return of(folder, table);
  }

  private static ObjectNode action(String name, ObjectNode content) {
    return JSON.createObjectNode().set(name, content);
  }

  private static ObjectNode info(DeltaCommit commit, long millis) {
    boolean append = commit.removed().isEmpty();
    ObjectNode info = JSON.createObjectNode().put("timestamp", millis);
    if (commit.change() == DeltaCommit.Change.FILES) {
      info.put("operation", "OPTIMIZE").putObject("operationParameters");
    } else {
      info.put("operation", "WRITE")
          .putObject("operationParameters")
          .put("mode", append ? "Append" : "Overwrite");
    }
    info.put("isBlindAppend", append && commit.change() == DeltaCommit.Change.ROWS);
    info.putObject("operationMetrics")
        .put("numFiles", Integer.toString(commit.added().size()))
        .put("numOutputRows", Long.toString(commit.rows()));
    return info.put("engineInfo", "Penstock").put("userMetadata", commit.about());
  }

  private ObjectNode metadata(DeltaSchema schema, long millis) {
    Metadata now = snapshot == null ? null : snapshot.getMetadata();
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("id", now == null ? UUID.randomUUID().toString() : now.getId());
    metadata.putObject("format").put("provider", "parquet").putObject("options");
    metadata.put("schemaString", schema.json(mapping(schema)).toString());
    metadata.putArray("partitionColumns");
    Map<String, String> configuration =
        new TreeMap<>(now == null ? Map.of() : now.getConfiguration());
    configuration.put(TABLE, table);
    if (mapping(schema) == DeltaSchema.Mapping.NAME) {
      int greatest = schema.ids().stream().mapToInt(Integer::intValue).max().orElse(0);
      String before = configuration.getOrDefault(MAX_COLUMN_ID, "0");
      configuration.put(MAPPING_MODE, "name");
      configuration.put(MAX_COLUMN_ID, Long.toString(Math.max(greatest, Long.parseLong(before))));
    }
    ObjectNode written = metadata.putObject("configuration");
    configuration.forEach(written::put);
    return metadata.put("createdTime", now == null ? millis : now.getCreatedTime().orElse(millis));
  }

  /** Once columns are mapped, they stay so. */
  private DeltaSchema.Mapping mapping(DeltaSchema schema) {
    boolean already =
        snapshot != null
            && "name".equals(snapshot.getMetadata().getConfiguration().get(MAPPING_MODE));
    return already || schema.needsMapping() ? DeltaSchema.Mapping.NAME : DeltaSchema.Mapping.NONE;
  }

  private DeltaProtocol protocol(DeltaSchema schema) {
    return (snapshot == null ? DeltaProtocol.PLAIN : DeltaProtocol.of(snapshot.getProtocol()))
        .with(schema, mapping(schema));
  }

  private JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new PenstockException(
          ErrorCode.FILE_CORRUPT,
          null,
          folder + ": the schema in its log is no JSON",
          "restore the files of _delta_log",
          e);
    }
  }
}
