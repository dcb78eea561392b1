package dev.penstock.feature.internal;

/** A partial that any of its rows may leave: the same for tiles and for moving windows. */
interface Reversible extends Partial, Sliding {
  @Override
  default boolean undo(int row) {
    remove(row);
    return true;
  }
}
