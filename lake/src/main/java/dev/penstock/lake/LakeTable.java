// LEAD NOTE: do not implement this room, read lake/LEAD-NOTE.md first (the lead implements it on main).
package dev.penstock.lake;

import dev.penstock.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A table: what is in it now, its past, its branches and tags. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // until filled
public final class LakeTable {
  /** The branch that is published. */
  public static final String MAIN = "main";

  private LakeTable() {}

  public String name() {
    throw new UnsupportedOperationException();
  }

  /** The columns as of now. */
  public Schema schema() {
    throw new UnsupportedOperationException();
  }

  /** The properties of the table itself. */
  public Map<String, String> properties() {
    throw new UnsupportedOperationException();
  }

  public TableScan scan() {
    throw new UnsupportedOperationException();
  }

  public TableWrite write() {
    throw new UnsupportedOperationException();
  }

  public TableChange change() {
    throw new UnsupportedOperationException();
  }

  /** The published snapshot; empty in a table never written to. */
  public OptionalLong currentSnapshot() {
    throw new UnsupportedOperationException();
  }

  /**
   * The snapshot meant.
   *
   * @throws dev.penstock.data.PenstockException {@code NOT_FOUND}
   */
  public TableSnapshot snapshot(Ref ref) {
    throw new UnsupportedOperationException();
  }

  /** All snapshots there are, of all branches, oldest first. */
  public List<TableSnapshot> snapshots() {
    throw new UnsupportedOperationException();
  }

  /** The snapshots that were published, in that order; one may appear twice after a rollback. */
  public List<TableSnapshot> history() {
    throw new UnsupportedOperationException();
  }

  /**
   * The value last given to {@link TableWrite#property} by the published snapshot or one it came
   * from.
   */
  public Optional<String> property(String key) {
    return property(Ref.current(), key);
  }

  public Optional<String> property(Ref ref, String key) {
    throw new UnsupportedOperationException();
  }

  /** The snapshot by which the batch of that id came into this branch. */
  public OptionalLong batch(String batchId, String branch) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes a branch's rows the published ones, in one commit, and drops the branch. When something
   * else was published since the branch began, the branch's appends are made again on top of it.
   *
   * @return the snapshot now published
   */
  public long publish(String branch) {
    throw new UnsupportedOperationException();
  }

  /** Forgets a branch, if there is one; rows that were only there are gone. */
  public void dropBranch(String branch) {
    throw new UnsupportedOperationException();
  }

  /** The branches and their snapshots, {@link #MAIN} included. */
  public Map<String, Long> branches() {
    throw new UnsupportedOperationException();
  }

  /**
   * Names a snapshot, which is kept from then on. Does nothing when the tag is there already.
   *
   * @throws dev.penstock.data.PenstockException {@code USAGE} if the tag names another snapshot
   */
  public void tag(String tag, long snapshotId) {
    throw new UnsupportedOperationException();
  }

  /** Names this snapshot, whatever the tag named before. */
  public void moveTag(String tag, long snapshotId) {
    throw new UnsupportedOperationException();
  }

  public void dropTag(String tag) {
    throw new UnsupportedOperationException();
  }

  public Map<String, Long> tags() {
    throw new UnsupportedOperationException();
  }

  /** Publishes an earlier published snapshot again; later ones stay readable by their ids. */
  public void rollback(long snapshotId) {
    throw new UnsupportedOperationException();
  }
}
