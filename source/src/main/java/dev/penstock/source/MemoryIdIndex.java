package dev.penstock.source;

import org.jspecify.annotations.Nullable;

/** An {@link IdIndex} in memory, compact enough for the ids of a long history. One thread. */
public final class MemoryIdIndex implements IdIndex {
  @Override
  public @Nullable Entry find(long idHigh, long idLow, long rememberedFrom) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remember(long idHigh, long idLow, Entry entry) {
    throw new UnsupportedOperationException();
  }
}
