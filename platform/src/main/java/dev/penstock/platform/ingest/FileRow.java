package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.format.FileFacts;
import dev.penstock.lake.files.StoredFile;
import dev.penstock.platform.definition.RawFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is kept, as a row of its source.
 *
 * @param folder that was taken in, as the file system knows it
 * @param path in that folder, with slashes
 * @param modified microseconds since 1970 in UTC
 */
record FileRow(String folder, String path, StoredFile content, FileFacts facts, long modified) {
  /** These rows in the columns of a source of files. */
  static Batch batch(List<FileRow> rows) {
    List<ColumnBuilder> builders = new ArrayList<>();
    RawFiles.COLUMNS
        .fields()
        .forEach(field -> builders.add(ColumnBuilder.of(field.type(), rows.size())));
    for (FileRow row : rows) {
      Object[] values = {
        row.path,
        row.facts.mediaType(),
        row.content.bytes(),
        row.content.sha256(),
        row.folder,
        row.modified,
        row.facts.width(),
        row.facts.height(),
        row.facts.seconds()
      };
      for (int i = 0; i < values.length; i++) {
        builders.get(i).append(values[i]);
      }
    }
    return new Batch(RawFiles.COLUMNS, builders.stream().map(ColumnBuilder::build).toList());
  }
}
