package dev.penstock.data;

/** What went wrong, by a name that scripts may rely on, with the exit code it leads to. */
public enum ErrorCode {
  // Wrong usage or definitions: nothing was done.
  USAGE(Kind.USAGE),
  DEFINITION_SYNTAX(Kind.USAGE),
  DEFINITION_UNKNOWN_FIELD(Kind.USAGE),
  DEFINITION_MISSING_FIELD(Kind.USAGE),
  DEFINITION_VALUE(Kind.USAGE),
  DEFINITION_DUPLICATE(Kind.USAGE),
  DEFINITION_NOT_FOUND(Kind.USAGE),
  DEFINITION_CYCLE(Kind.USAGE),
  COLUMN_NOT_FOUND(Kind.USAGE),
  TYPE_MISMATCH(Kind.USAGE),
  EXPRESSION_SYNTAX(Kind.USAGE),
  FUNCTION_NOT_FOUND(Kind.USAGE),
  EXPRESSION_NOT_DETERMINISTIC(Kind.USAGE),
  AGGREGATE_NOT_FOUND(Kind.USAGE),
  UNSUPPORTED(Kind.USAGE),
  ENVIRONMENT_VARIABLE_MISSING(Kind.USAGE),
  FILE_NOT_FOUND(Kind.USAGE),
  FILE_FORMAT(Kind.USAGE),
  FILE_CORRUPT(Kind.USAGE),
  SCHEMA_INCOMPATIBLE(Kind.USAGE),
  NOT_APPLIED(Kind.USAGE),
  NOT_FOUND(Kind.USAGE),
  // The work itself failed: a check, a gate, a limit.
  CHECK_FAILED(Kind.FAILED),
  GATE_REFUSED(Kind.FAILED),
  PARITY_FAILED(Kind.FAILED),
  EVALUATION_FAILED(Kind.FAILED),
  LIMIT_EXCEEDED(Kind.FAILED),
  STATE_CORRUPT(Kind.FAILED),
  STATE_VERSION(Kind.FAILED),
  IO(Kind.FAILED),
  INTERNAL(Kind.FAILED),
  // Somebody else was quicker or holds it: try again.
  PROJECT_LOCKED(Kind.CONFLICT),
  CLOCK_CONFLICT(Kind.CONFLICT),
  CONFLICT_RETRY(Kind.CONFLICT),
  UNKNOWN_STATE(Kind.CONFLICT),
  OVERLOADED(Kind.CONFLICT);

  /** What the caller does next, and the exit code of a command that ends so. */
  public enum Kind {
    FAILED(1),
    USAGE(2),
    CONFLICT(3);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  ErrorCode(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
