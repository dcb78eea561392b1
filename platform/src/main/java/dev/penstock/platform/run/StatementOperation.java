package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Statement;
import dev.penstock.platform.command.TableShape;
import dev.penstock.sql.ParquetTable;
import dev.penstock.sql.Query;
import dev.penstock.sql.SqlResult;
import dev.penstock.sql.TableReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries of programs: the same as {@code penstock sql}, with rows that are read as they come. */
final class StatementOperation {
  /** Where a query that somebody typed begins. */
  static final Place PLACE = new Place("query", 1, 1);

  private final OpenProject project;

  StatementOperation(OpenProject project) {
    this.project = project;
  }

  /** The rows; the files they are read from stay until it is closed. */
  SqlResult rows(Statement statement) {
    Query query = parse(statement);
    ReadTables tables = ReadTables.of(project, query, state(statement));
    try {
      return new Rows(project.engine().query(query, tables.byView(), Long.MAX_VALUE), tables);
    } catch (RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  /** The columns, found without reading a row. */
  Schema columns(Statement statement) {
    Query query = parse(statement);
    PastStates states = new PastStates(project);
    Map<String, ParquetTable> tables = new HashMap<>();
    for (TableReference reference : query.tables()) {
      LakeTable table = project.lake().table(reference.namespace(), reference.name());
      String moment = reference.asOf();
      Ref ref = moment == null ? state(statement).apply(table) : states.of(table, moment);
      Schema schema = ref == null ? table.schema() : table.scan().at(ref).schema();
      tables.put(reference.view(), new ParquetTable(schema, List.of()));
    }
    return project.engine().describe(query, tables);
  }

  /** All tables, of whatever namespace; one that cannot be read has no columns. */
  List<TableShape> tables() {
    List<TableShape> shapes = new ArrayList<>();
    String own = project.project().name();
    project.lake().tables().forEach(name -> shapes.add(shape(own, List.of(), name)));
    project
        .lake()
        .others()
        .forEach(
            (levels, names) ->
                names.forEach(name -> shapes.add(shape(String.join(".", levels), levels, name))));
    return shapes;
  }

  private TableShape shape(String namespace, List<String> levels, String name) {
    Schema columns;
    try {
      columns = project.lake().table(levels, name).schema();
    } catch (PenstockException unreadable) {
      columns = new Schema(List.of());
    }
    return new TableShape(namespace, name, columns);
  }

  private static Query parse(Statement statement) {
    return Query.parse(statement.text(), PLACE, Query.Reach.WAREHOUSE);
  }

  private Function<LakeTable, @Nullable Ref> state(Statement statement) {
    String asOf = statement.asOf();
    PastStates states = new PastStates(project);
    return table -> asOf == null ? Ref.current() : states.of(table, asOf);
  }

  private static final class Rows implements SqlResult {
    private final SqlResult rows;
    private final ReadTables tables;

    Rows(SqlResult rows, ReadTables tables) {
      this.rows = rows;
      this.tables = tables;
    }

    @Override
    public Schema schema() {
      return rows.schema();
    }

    @Override
    public @Nullable Batch next() {
      return rows.next();
    }

    @Override
    public boolean truncated() {
      return rows.truncated();
    }

    @Override
    public void close() {
      try {
        rows.close();
      } finally {
        tables.close();
      }
    }
  }
}
